#include "item.h"
#include "base/base.h"
#include <stdlib.h>

static int by_place(const dcnn_item *a, const dcnn_item *b)
{
    if (a->cnn != b->cnn) return a->cnn < b->cnn ? -1 : 1;
    return (a->layer > b->layer) - (a->layer < b->layer);
}

static int by_memory_down(const void *x, const void *y)
{
    const dcnn_item *a = x, *b = y;

    if (a->memory_bytes != b->memory_bytes) return a->memory_bytes > b->memory_bytes ? -1 : 1;
    if (a->ops != b->ops) return a->ops > b->ops ? -1 : 1;
    return by_place(a, b);
}

static int by_ops_down(const void *x, const void *y)
{
    const dcnn_item *a = x, *b = y;

    if (a->ops != b->ops) return a->ops > b->ops ? -1 : 1;
    return by_memory_down(x, y);
}

/* first[c] + j is the number of a layer; repeated: members of shared groups but for the first. */
static void mark_repeated(const dcnn_scenario *s, const int64_t *first, bool *repeated)
{
    for (int g = 0; g < s->shared_group_count; g++)
        for (int m = 1; m < s->shared_groups[g].member_count; m++) {
            dcnn_layer_ref member = s->shared_groups[g].members[m];
            repeated[first[member.cnn] + member.layer] = true;
        }
}

dcnn_item *dcnn_items_new(const dcnn_scenario *scenario, bool by_ops, int64_t *count)
{
    int64_t *first = dcnn_take((size_t)scenario->cnn_count + 1, sizeof *first);
    dcnn_item *items = NULL;
    bool *repeated = NULL;

    *count = 0;
    if (!first) return NULL;
    for (int c = 0; c < scenario->cnn_count; c++) first[c + 1] = first[c] + scenario->cnns[c].layer_count;
    repeated = dcnn_take((size_t)first[scenario->cnn_count], sizeof *repeated);
    items = dcnn_take((size_t)first[scenario->cnn_count], sizeof *items);
    if (!repeated || !items) {
        free(items);
        items = NULL;
        goto done;
    }
    mark_repeated(scenario, first, repeated);
    for (int c = 0; c < scenario->cnn_count; c++)
        for (int j = 0; j < scenario->cnns[c].layer_count; j++) {
            const dcnn_layer *layer = &scenario->cnns[c].layers[j];
            if (repeated[first[c] + j]) continue;
            items[(*count)++] = (dcnn_item){layer->memory_bytes, layer->ops, c, j};
        }
    qsort(items, (size_t)*count, sizeof *items, by_ops ? by_ops_down : by_memory_down);
done:
    free(repeated);
    free(first);
    return items;
}
