#include "base.h"

static uint64_t rotate(uint64_t x, int by)
{
    return (x << by) | (x >> (64 - by));
}

void dcnn_rng_seed(dcnn_rng *rng, uint64_t seed)
{
    for (int k = 0; k < 4; k++) {
        uint64_t z = (seed += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        rng->state[k] = z ^ (z >> 31);
    }
}

uint64_t dcnn_rng_next(dcnn_rng *rng)
{
    uint64_t *s = rng->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

uint64_t dcnn_rng_below(dcnn_rng *rng, uint64_t n)
{
    uint64_t reject_below = (0 - n) % n; /* 2^64 mod n: draws under it would favour small results */
    uint64_t draw;

    do draw = dcnn_rng_next(rng);
    while (draw < reject_below);
    return draw % n;
}

double dcnn_rng_unit(dcnn_rng *rng)
{
    return (double)(dcnn_rng_next(rng) >> 11) * 0x1p-53;
}
