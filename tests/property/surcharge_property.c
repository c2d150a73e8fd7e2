/* surcharge_property.c - what cuts charge a chain, candidate by candidate, against what they charge the whole of it. */
#include "property.h"
#include "solve/surcharge.h"
#include <string.h>

enum { CUTS = 70, CANDIDATES = 12, AMOUNT_MAX = 3, BYTES = 72, DIVISOR_MAX = 127 };

typedef struct {
    dcnn_surcharge s;
    dcnn_tick price[CUTS];
    int divisor[CUTS];
    uint8_t start[BYTES];
    int first[CANDIDATES + 1];
    dcnn_cut_amount amounts[CUTS * CANDIDATES];
    dcnn_rng rng;
} cuts;

static int below(cuts *c, int count)
{
    return (int)dcnn_rng_below(&c->rng, (uint64_t)count);
}

static void draw_remainders(cuts *c, uint8_t *remainders)
{
    memset(remainders, 0, BYTES);
    for (int cut = 0; cut < CUTS; cut++) remainders[cut] = (uint8_t)below(c, c->divisor[cut]);
}

static void draw(cuts *c, uint64_t seed)
{
    int used = 0;

    memset(c, 0, sizeof *c);
    dcnn_rng_seed(&c->rng, seed);
    for (int cut = 0; cut < CUTS; cut++) {
        c->price[cut] = below(c, 100);
        c->divisor[cut] = 2 + below(c, below(c, 4) == 0 ? DIVISOR_MAX - 1 : 3);
    }
    draw_remainders(c, c->start);
    for (int x = 0; x < CANDIDATES; x++) {
        for (int cut = 0; cut < CUTS; cut++)
            if (below(c, 4) == 0)
                c->amounts[used++] = (dcnn_cut_amount){cut, 1 + below(c, AMOUNT_MAX * c->divisor[cut] / 2)};
        c->first[x + 1] = used;
    }
    c->s = (dcnn_surcharge){.count = CUTS,
                            .bytes = BYTES,
                            .price = c->price,
                            .divisor = c->divisor,
                            .start = c->start,
                            .first = c->first,
                            .amounts = c->amounts};
}

/* Of a chain through every step-th candidate. */
static dcnn_tick add_all(const cuts *c, int step, uint8_t *remainders)
{
    dcnn_tick sum = 0;

    for (int x = 0; x < CANDIDATES; x += step) sum += dcnn_surcharge_add(&c->s, x, remainders);
    return sum;
}

static int64_t amount_of(const cuts *c, int x, int cut)
{
    for (int k = c->first[x]; k < c->first[x + 1]; k++)
        if (c->amounts[k].cut == cut) return c->amounts[k].amount;
    return 0;
}

static void one_by_one_is_the_whole(uint64_t seed, dcnn_buf *complaint)
{
    static cuts c;
    uint8_t remainders[BYTES];
    dcnn_tick sum, whole = 0;

    draw(&c, seed);
    memcpy(remainders, c.start, sizeof remainders);
    sum = add_all(&c, 1, remainders);
    for (int cut = 0; cut < CUTS; cut++) {
        int64_t amount = c.start[cut];
        for (int x = 0; x < CANDIDATES; x++) amount += amount_of(&c, x, cut);
        whole += c.price[cut] * (amount / c.divisor[cut]);
    }
    if (sum != whole) dcnn_buf_format(complaint, "charged %lld, the whole is %lld\n", (long long)sum, (long long)whole);
}

/* Two chains with the same rest: who is said to stay ahead does. */
static void ahead_stays_ahead(uint64_t seed, dcnn_buf *complaint)
{
    static cuts c;
    uint8_t mine[BYTES], others[BYTES];
    dcnn_tick lead;

    draw(&c, seed);
    memcpy(mine, c.start, sizeof mine);
    draw_remainders(&c, others);
    lead = below(&c, 2000);
    if (!dcnn_surcharge_within(&c.s, mine, others, lead)) return;
    if (add_all(&c, 1 + (int)(seed % 3), mine) > add_all(&c, 1 + (int)(seed % 3), others) + lead)
        dcnn_buf_text(complaint, "charged more than it was ahead\n");
}

/* The limit is exact: where a rest makes each remainder whole that is more, one tick less is not enough. */
static void the_limit_is_exact(uint64_t seed, dcnn_buf *complaint)
{
    static cuts c;
    dcnn_tick excess = 0;
    uint8_t others[BYTES], none[BYTES] = {0};

    draw(&c, seed);
    draw_remainders(&c, others);
    for (int cut = 0; cut < CUTS; cut++)
        if (c.start[cut] > others[cut]) excess += c.price[cut];
    if (!dcnn_surcharge_within(&c.s, c.start, others, excess) ||
        (excess > 0 && dcnn_surcharge_within(&c.s, c.start, others, excess - 1)))
        dcnn_buf_format(complaint, "the remainders are worth %lld\n", (long long)excess);
    if (!dcnn_surcharge_within(&c.s, none, c.start, 0)) dcnn_buf_text(complaint, "nothing is charged more than all\n");
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"one by one is the whole", one_by_one_is_the_whole, 500},
                                          {"ahead stays ahead", ahead_stays_ahead, 2000},
                                          {"the limit is exact", the_limit_is_exact, 500}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
