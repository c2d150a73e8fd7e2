/* Layers that several CNNs share. */
#include "model/model.h"
#include "reader.h"
#include "text/words.h"
#include <stdlib.h>

/* Pairs of layers that are the same, growing. */
typedef struct {
    dcnn_layer_ref *refs; /* refs[2k] and refs[2k + 1] */
    size_t used, room;
    int *seen_in; /* [cnn_count] the last group that named the CNN, from 1 */
} pairs;

static bool add_pair(pairs *same, dcnn_layer_ref a, dcnn_layer_ref b)
{
    if (!dcnn_reserve((void **)&same->refs, &same->room, same->used + 1, sizeof *same->refs)) return false;
    same->refs[same->used++] = a;
    same->refs[same->used++] = b;
    return true;
}

static bool read_member(dcnn_reader *r, const dcnn_json_value *value, dcnn_layer_ref *ref)
{
    const dcnn_json_value *cnn, *layer;
    dcnn_json_object object;

    if (!dcnn_json_enter(&r->json, value, &object)) return false;
    cnn = dcnn_json_need(&object, "cnn");
    layer = dcnn_json_need(&object, "layer");
    dcnn_json_leave(&object);
    ref->cnn = dcnn_read_cnn_ref(r, cnn);
    if (ref->cnn < 0 || r->scenario->cnns[ref->cnn].layer_count == 0) return false;
    ref->layer = dcnn_read_layer_ref(r, layer, ref->cnn);
    return ref->layer >= 0;
}

static void check_equal(dcnn_reader *r, const dcnn_json_value *at, dcnn_layer_ref a, dcnn_layer_ref b)
{
    const dcnn_layer *x = &r->scenario->cnns[a.cnn].layers[a.layer], *y = &r->scenario->cnns[b.cnn].layers[b.layer];

    if (x->memory_bytes != y->memory_bytes)
        dcnn_json_fault(&r->json, at, "expected %lld bytes of memory as in the group's first layer, found %lld",
                        (long long)x->memory_bytes, (long long)y->memory_bytes);
    if (x->ops != y->ops)
        dcnn_json_fault(&r->json, at, "expected %lld operations as in the group's first layer, found %lld",
                        (long long)x->ops, (long long)y->ops);
}

static void read_group(dcnn_reader *r, const dcnn_json_value *group, pairs *same)
{
    int number = (int)group->name.index + 1;
    dcnn_layer_ref first = {-1, -1}, ref;

    if (!dcnn_json_objects(&r->json, group, 2)) return;
    for (const dcnn_json_value *member = group->as.first; member; member = member->next) {
        if (!read_member(r, member, &ref)) continue;
        if (same->seen_in[ref.cnn] == number)
            dcnn_json_fault(&r->json, member, "expected layers of different CNNs, found a second one of this CNN");
        same->seen_in[ref.cnn] = number;
        if (first.cnn < 0) {
            first = ref;
            continue;
        }
        check_equal(r, member, first, ref);
        if (!add_pair(same, first, ref)) dcnn_json_lost_memory(&r->json);
    }
}

/* A CNN computes its layers one after the other: two of its own cannot be one and the same. */
static void check_groups(dcnn_reader *r, const dcnn_json_value *at)
{
    const dcnn_scenario *scenario = r->scenario;
    char cnn[DCNN_QUOTED_SIZE], a[DCNN_QUOTED_SIZE], b[DCNN_QUOTED_SIZE];

    for (int s = 0; s < scenario->shared_group_count; s++) {
        const dcnn_shared_group *group = &scenario->shared_groups[s];
        for (int k = 1; k < group->member_count; k++) {
            const dcnn_layer_ref *x = &group->members[k - 1], *y = &group->members[k];
            if (x->cnn != y->cnn) continue;
            dcnn_json_fault(&r->json, at,
                            "expected layers of different CNNs, found %s and %s of %s in one merged group",
                            dcnn_quote(a, scenario->cnns[x->cnn].layers[x->layer].name),
                            dcnn_quote(b, scenario->cnns[y->cnn].layers[y->layer].name),
                            dcnn_quote(cnn, scenario->cnns[y->cnn].id));
        }
    }
}

/* Sharing that the scenario does not tell of, between model files. */
static void find_shared(dcnn_reader *r)
{
    dcnn_layer_ref *refs;
    size_t pair_count;

    if (r->json.status) return;
    if (!dcnn_read_same_layers(r, &refs, &pair_count) ||
        (pair_count > 0 && dcnn_shared_merge(r->scenario, refs, pair_count)))
        dcnn_json_lost_memory(&r->json);
    free(refs);
}

void dcnn_read_shared(dcnn_reader *r, dcnn_json_object *root)
{
    const dcnn_json_value *groups = dcnn_json_get(root, "shared_layers");
    pairs same = {0};

    if (!groups) find_shared(r);
    if (!dcnn_json_array(&r->json, groups, 0)) return;
    same.seen_in = dcnn_take((size_t)r->scenario->cnn_count, sizeof *same.seen_in);
    if (!same.seen_in) {
        dcnn_json_lost_memory(&r->json);
        return;
    }
    for (const dcnn_json_value *group = groups->as.first; group; group = group->next) read_group(r, group, &same);
    if (!r->json.status && same.used > 0) {
        if (dcnn_shared_merge(r->scenario, same.refs, same.used / 2))
            dcnn_json_lost_memory(&r->json);
        else
            check_groups(r, groups);
    }
    free(same.refs);
    free(same.seen_in);
}
