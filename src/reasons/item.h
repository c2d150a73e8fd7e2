/* item.h - what must find room: layers, where a shared group counts as one. */
#ifndef DCNN_REASONS_ITEM_H
#define DCNN_REASONS_ITEM_H

#include <dcnn/scenario.h>

typedef struct {
    int64_t memory_bytes, ops;
    int cnn, layer; /* the first member, for groups */
} dcnn_item;

/* All items in descending order of memory (by_ops: of operations); ties by CNN and layer. NULL when memory is out; to
 * be freed with free(). */
dcnn_item *dcnn_items_new(const dcnn_scenario *scenario, bool by_ops, int64_t *count);

#endif
