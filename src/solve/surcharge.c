#include "solve/surcharge.h"
#include <stdlib.h>

void dcnn_surcharge_clear(dcnn_surcharge *s)
{
    free(s->price);
    free(s->start);
    free(s->first);
    free(s->amounts);
    *s = (dcnn_surcharge){0};
}

bool dcnn_surcharge_within(const dcnn_surcharge *s, const uint64_t *mine, const uint64_t *others, dcnn_tick ahead)
{
    for (size_t w = 0; w < s->words; w++)
        for (uint64_t more = mine[w] & ~others[w]; more != 0; more &= more - 1) {
            ahead -= s->price[w * 64 + (size_t)__builtin_ctzll(more)];
            if (ahead < 0) return false;
        }
    return true;
}
