/* writer.h - writes small ONNX files for tests.
 *
 *     writer_init(&w, 13, WRITER_SEEDED);
 *     writer_input(&w, "x", WRITER_FLOAT, 4, (int64_t[]){1, 3, 8, 8});
 *     writer_weight(&w, "k", 4, (int64_t[]){4, 3, 3, 3});
 *     writer_ints(&w, "pads", 4, (int64_t[]){1, 1, 1, 1});       attributes of the next node
 *     writer_node(&w, "Conv", "conv1", "x k", "y");              names of tensors, a space between them
 *     writer_output(&w, "y");
 *     writer_finish(&w, &file);                                  a valid ModelProto
 *
 * Memory is taken as if it could not run out: these are tests. */
#ifndef DCNN_TEST_WRITER_H
#define DCNN_TEST_WRITER_H

#include "base/base.h"

enum { WRITER_FLOAT = 1, WRITER_UINT8 = 2, WRITER_INT8 = 3, WRITER_INT32 = 6, WRITER_INT64 = 7 };

/* How weights are written. */
typedef enum {
    WRITER_BARE,     /* type and shape only */
    WRITER_OF_SHAPE, /* made by a ConstantOfShape node */
    WRITER_SEEDED    /* raw data, from the seed and the order of weights */
} writer_weights;

typedef struct {
    int64_t opset;
    writer_weights weights;
    dcnn_rng rng;
    dcnn_buf graph;      /* fields of the GraphProto so far */
    dcnn_buf attributes; /* of the next node */
    const char *domain;  /* of the next nodes; NULL = ONNX's own */
} writer;

void writer_init(writer *w, int64_t opset, writer_weights weights);
void writer_finish(writer *w, dcnn_buf *file); /* leaves the writer empty */

void writer_input(writer *w, const char *name, int type, int rank, const int64_t *dims);
void writer_open_input(writer *w, const char *name, int rank, const char *const *sizes); /* "3" or a name for each */
void writer_output(writer *w, const char *name);
void writer_node(writer *w, const char *op, const char *name, const char *inputs, const char *outputs);

void writer_int(writer *w, const char *name, int64_t value);
void writer_ints(writer *w, const char *name, int count, const int64_t *values);
void writer_text(writer *w, const char *name, const char *value);

void writer_weight(writer *w, const char *name, int rank, const int64_t *dims);              /* float32 */
void writer_weight_of(writer *w, const char *name, int type, int rank, const int64_t *dims); /* any type */
void writer_list(writer *w, const char *name, int count, const int64_t *values); /* int64, always with data */
void writer_reals(writer *w, const char *name, int count, const float *values);  /* float32, likewise */
void writer_external(writer *w, const char *name, int rank, const int64_t *dims, const char *location, int64_t offset,
                     int64_t length);

/* --- the wire format itself, for files that are wrong on purpose --- */

void wire_number(dcnn_buf *to, int field, uint64_t value);
void wire_bytes(dcnn_buf *to, int field, const void *bytes, size_t size);
void wire_text(dcnn_buf *to, int field, const char *text);

#endif
