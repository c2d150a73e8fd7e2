/* Shared layers: which layers are one and the same, by union and find (Tarjan 1975) over all layers in file order. */
#include "base/base.h"
#include "model.h"
#include <stdlib.h>

typedef struct {
    int64_t *first; /* [cnn_count + 1] number of layer 0 of each CNN */
    int64_t *root;  /* [layers] a smaller layer that is the same, or itself */
    int64_t *size;  /* [layers] members, where the layer is its own root */
    int *group;     /* [layers] group of each root */
} forest;

static int64_t find_root(int64_t *root, int64_t layer)
{
    while (root[layer] != layer) {
        root[layer] = root[root[layer]];
        layer = root[layer];
    }
    return layer;
}

static bool grow_forest(forest *f, const dcnn_scenario *scenario)
{
    size_t count;

    f->first = dcnn_take((size_t)scenario->cnn_count + 1, sizeof *f->first);
    if (!f->first) return false;
    for (int c = 0; c < scenario->cnn_count; c++) f->first[c + 1] = f->first[c] + scenario->cnns[c].layer_count;
    count = (size_t)f->first[scenario->cnn_count];
    f->root = dcnn_take(count, sizeof *f->root);
    f->size = dcnn_take(count, sizeof *f->size);
    f->group = dcnn_take(count, sizeof *f->group);
    if (!f->root || !f->size || !f->group) return false;
    for (size_t k = 0; k < count; k++) f->root[k] = (int64_t)k;
    return true;
}

static void join(forest *f, dcnn_layer_ref a, dcnn_layer_ref b)
{
    int64_t x = find_root(f->root, f->first[a.cnn] + a.layer), y = find_root(f->root, f->first[b.cnn] + b.layer);

    if (x < y)
        f->root[y] = x;
    else
        f->root[x] = y;
}

/* Makes the groups, empty but with room for their members. */
static bool make_groups(forest *f, dcnn_scenario *scenario)
{
    int64_t layers = f->first[scenario->cnn_count];
    int count = 0;

    for (int64_t k = 0; k < layers; k++) f->size[find_root(f->root, k)]++;
    for (int64_t k = 0; k < layers; k++)
        if (f->size[k] > 1) f->group[k] = count++;
    scenario->shared_groups = dcnn_pool_take(scenario->pool, (size_t)count, sizeof *scenario->shared_groups);
    if (!scenario->shared_groups) return false;
    scenario->shared_group_count = count;
    for (int64_t k = 0; k < layers; k++) {
        dcnn_shared_group *group = &scenario->shared_groups[f->group[k]];
        if (f->size[k] < 2) continue;
        group->members = dcnn_pool_take(scenario->pool, (size_t)f->size[k], sizeof *group->members);
        if (!group->members) return false;
    }
    return true;
}

static void fill_groups(forest *f, dcnn_scenario *scenario)
{
    for (int c = 0; c < scenario->cnn_count; c++)
        for (int j = 0; j < scenario->cnns[c].layer_count; j++) {
            int64_t root = find_root(f->root, f->first[c] + j);
            dcnn_shared_group *group = &scenario->shared_groups[f->group[root]];
            if (f->size[root] > 1) group->members[group->member_count++] = (dcnn_layer_ref){c, j};
        }
}

dcnn_status dcnn_shared_merge(dcnn_scenario *scenario, const dcnn_layer_ref *same, size_t pair_count)
{
    forest f = {0};
    dcnn_status status = DCNN_E_MEMORY;

    if (!grow_forest(&f, scenario)) goto done;
    for (size_t k = 0; k < pair_count; k++) join(&f, same[2 * k], same[2 * k + 1]);
    if (!make_groups(&f, scenario)) goto done;
    fill_groups(&f, scenario);
    status = DCNN_OK;
done:
    free(f.first);
    free(f.root);
    free(f.size);
    free(f.group);
    return status;
}
