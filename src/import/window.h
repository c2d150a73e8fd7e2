/* window.h - a kernel that slides over the spatial dimensions: what convolutions and pooling have in common. */
#ifndef DCNN_IMPORT_WINDOW_H
#define DCNN_IMPORT_WINDOW_H

#include "operators.h"

enum { DCNN_SPATIAL_MAX = DCNN_RANK_MAX - 2 };

typedef enum { DCNN_PAD_GIVEN, DCNN_PAD_SAME, DCNN_PAD_NONE } dcnn_pad_mode;

typedef struct {
    int rank; /* spatial dimensions */
    int64_t kernel[DCNN_SPATIAL_MAX], stride[DCNN_SPATIAL_MAX], dilation[DCNN_SPATIAL_MAX];
    int64_t before[DCNN_SPATIAL_MAX];  /* padding in front */
    int64_t padding[DCNN_SPATIAL_MAX]; /* ... and behind together */
    dcnn_pad_mode mode;
} dcnn_window;

/* Reads the node's attributes; kernel [rank] is what the weights say, NULL where there are none. */
dcnn_status dcnn_window_read(const dcnn_work *work, int rank, const int64_t *kernel, dcnn_window *window);

/* Sizes over which the window slides, in out; with ceil, windows that only begin inside count too. */
dcnn_status dcnn_window_slide(const dcnn_work *work, const dcnn_window *window, const int64_t *in, bool ceil,
                              int64_t *out);

/* A whole number per spatial dimension in [least, 2^31]; absent = the value where the attribute is missing. */
dcnn_status dcnn_window_list(const dcnn_work *work, const char *name, int rank, int64_t least, int64_t absent,
                             int64_t *list);

/* Positions of the kernel's elements along dimension k, first to last. */
int64_t dcnn_window_reach(const dcnn_window *window, int k);

#endif
