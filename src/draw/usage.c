#include "usage.h"

static void count_layer(dcnn_usage *usage, const dcnn_layer *layer, int sign)
{
    usage->memory_bytes += sign * layer->memory_bytes;
    usage->ops += sign * layer->ops;
    usage->layers += sign;
}

void dcnn_usage_measure(dcnn_usage *usage, const dcnn_scenario *s, const dcnn_placement *p)
{
    for (int c = 0; c < s->cnn_count; c++)
        for (int j = 0; j < s->cnns[c].layer_count; j++)
            count_layer(&usage[p->cnns[c].units[j]], &s->cnns[c].layers[j], 1);
    for (int g = 0; g < s->shared_group_count; g++) {
        for (int m = 1; m < s->shared_groups[g].member_count; m++) {
            dcnn_layer_ref ref = s->shared_groups[g].members[m];
            count_layer(&usage[p->cnns[ref.cnn].units[ref.layer]], &s->cnns[ref.cnn].layers[ref.layer], -1);
        }
    }
}
