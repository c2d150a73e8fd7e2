/* surcharge_property.c - what cuts charge a chain, candidate by candidate, against what they charge the whole of it. */
#include "property.h"
#include "solve/surcharge.h"
#include <string.h>

enum { CUTS = 70, CANDIDATES = 12, AMOUNT_MAX = 3, WORDS = 2 };

typedef struct {
    dcnn_surcharge s;
    dcnn_tick price[CUTS];
    uint64_t start[WORDS];
    int first[CANDIDATES + 1];
    dcnn_cut_amount amounts[CUTS * CANDIDATES];
    dcnn_rng rng;
} cuts;

static int below(cuts *c, int count)
{
    return (int)dcnn_rng_below(&c->rng, (uint64_t)count);
}

static void draw(cuts *c, uint64_t seed)
{
    int used = 0;

    memset(c, 0, sizeof *c);
    dcnn_rng_seed(&c->rng, seed);
    for (int cut = 0; cut < CUTS; cut++) {
        c->price[cut] = below(c, 100);
        if (below(c, 2)) c->start[cut / 64] |= (uint64_t)1 << (cut % 64);
    }
    for (int x = 0; x < CANDIDATES; x++) {
        for (int cut = 0; cut < CUTS; cut++)
            if (below(c, 4) == 0) c->amounts[used++] = (dcnn_cut_amount){cut, 1 + below(c, AMOUNT_MAX)};
        c->first[x + 1] = used;
    }
    c->s = (dcnn_surcharge){
        .count = CUTS, .words = WORDS, .price = c->price, .start = c->start, .first = c->first, .amounts = c->amounts};
}

/* Of a chain through every step-th candidate. */
static dcnn_tick add_all(const cuts *c, int step, uint64_t *halves)
{
    dcnn_tick sum = 0;

    for (int x = 0; x < CANDIDATES; x += step) sum += dcnn_surcharge_add(&c->s, x, halves);
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
    uint64_t halves[WORDS];
    dcnn_tick sum, whole = 0;

    draw(&c, seed);
    memcpy(halves, c.start, sizeof halves);
    sum = add_all(&c, 1, halves);
    for (int cut = 0; cut < CUTS; cut++) {
        int64_t amount = c.start[cut / 64] >> (cut % 64) & 1;
        for (int x = 0; x < CANDIDATES; x++) amount += amount_of(&c, x, cut);
        whole += c.price[cut] * (amount / 2);
    }
    if (sum != whole) dcnn_buf_format(complaint, "charged %lld, the whole is %lld\n", (long long)sum, (long long)whole);
}

/* Two chains with the same rest: who is said to stay ahead does. */
static void ahead_stays_ahead(uint64_t seed, dcnn_buf *complaint)
{
    static cuts c;
    uint64_t mine[WORDS], others[WORDS];
    dcnn_tick lead;

    draw(&c, seed);
    for (int w = 0; w < WORDS; w++) {
        mine[w] = c.start[w];
        others[w] = dcnn_rng_next(&c.rng) & (w == 1 ? ((uint64_t)1 << (CUTS - 64)) - 1 : UINT64_MAX);
    }
    lead = below(&c, 2000);
    if (!dcnn_surcharge_within(&c.s, mine, others, lead)) return;
    if (add_all(&c, 1 + (int)(seed % 3), mine) > add_all(&c, 1 + (int)(seed % 3), others) + lead)
        dcnn_buf_text(complaint, "charged more than it was ahead\n");
}

/* The limit is exact: where a rest makes each half whole, one tick less is not enough. */
static void the_limit_is_exact(uint64_t seed, dcnn_buf *complaint)
{
    static cuts c;
    dcnn_tick excess = 0;
    uint64_t none[WORDS] = {0};

    draw(&c, seed);
    for (int cut = 0; cut < CUTS; cut++)
        if (c.start[cut / 64] >> (cut % 64) & 1) excess += c.price[cut];
    if (!dcnn_surcharge_within(&c.s, c.start, none, excess) ||
        (excess > 0 && dcnn_surcharge_within(&c.s, c.start, none, excess - 1)))
        dcnn_buf_format(complaint, "the halves are worth %lld\n", (long long)excess);
    if (!dcnn_surcharge_within(&c.s, none, c.start, 0)) dcnn_buf_text(complaint, "nothing is charged more than all\n");
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"one by one is the whole", one_by_one_is_the_whole, 500},
                                          {"ahead stays ahead", ahead_stays_ahead, 2000},
                                          {"the limit is exact", the_limit_is_exact, 500}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
