#include "solve/surcharge.h"
#include <stdlib.h>
#include <string.h>

static const uint64_t high = 0x8080808080808080; /* the bit of every byte that no remainder has */

void dcnn_surcharge_clear(dcnn_surcharge *s)
{
    free(s->price);
    free(s->divisor);
    free(s->start);
    free(s->first);
    free(s->amounts);
    *s = (dcnn_surcharge){0};
}

/* Whether any of the eight is more than its counterpart: then subtracting it borrows the high bit. */
static bool any_is_more(const uint8_t *mine, const uint8_t *others)
{
    uint64_t m, o;

    memcpy(&m, mine, sizeof m);
    memcpy(&o, others, sizeof o);
    return (~((o | high) - m) & high) != 0;
}

bool dcnn_surcharge_within(const dcnn_surcharge *s, const uint8_t *mine, const uint8_t *others, dcnn_tick ahead)
{
    for (size_t c = 0; c < s->bytes; c += 8) {
        if (!any_is_more(mine + c, others + c)) continue;
        for (size_t k = c; k < c + 8; k++)
            if (mine[k] > others[k]) ahead -= s->price[k]; /* once at most, whatever is added to both */
        if (ahead < 0) return false;
    }
    return true;
}
