/* rundp_property.c - run tables against every sequence of candidates there is: what the cheapest costs, the rest behind
 * each candidate, the cheapest through it, and the one traced. */
#include "property.h"
#include "solve/rundp.h"
#include <string.h>

enum { LAYERS_MAX = 6, SLOTS_MIN = 3, SLOTS_MAX = 7, UNITS_MAX = 9, FLATS_MAX = LAYERS_MAX * SLOTS_MAX };
enum { SEQUENCES_MAX = 2500, CRITICAL_FIRST_MAX = 4, PASSES = 4 };

/* A small chain, its tables, and what brute force says. */
typedef struct {
    dcnn_rng rng;
    int units, scale;
    dcnn_layer layers[LAYERS_MAX];
    bool counts[LAYERS_MAX];
    dcnn_cnn cnn;
    dcnn_chain_data data;
    dcnn_room room[UNITS_MAX];
    dcnn_chain *chain;
    dcnn_rundp dp;
    dcnn_tick own[FLATS_MAX]; /* what the tables are filled with */
    int critical_count, critical[DCNN_CRITICAL_MAX];
    int flats[LAYERS_MAX], first_flats[LAYERS_MAX]; /* a sequence, and the first of the cheapest ones */
    dcnn_tick least, least_placed;                  /* of the sequences that keep the rules, and of those that fit */
    dcnn_tick through[FLATS_MAX];                   /* the least with that candidate */
} bench;

static int below(bench *b, int n)
{
    return (int)dcnn_rng_below(&b->rng, (uint64_t)n);
}

/* --- chains --- */

/* Small for many ties, or of widely varying size. */
static dcnn_tick draw_amount(bench *b)
{
    if (b->scale == 0) return below(b, 3);
    return b->scale == 1 ? below(b, 1000) : (dcnn_tick)dcnn_rng_below(&b->rng, (uint64_t)1 << below(b, 41));
}

/* Candidates of each layer: few enough to go through all sequences. Returns how many there are. */
static int draw_slots(bench *b, int *slots, int layers)
{
    int most = b->units < SLOTS_MAX ? b->units : SLOTS_MAX, sequences, size;

    do {
        sequences = 1, size = 0;
        for (int j = 0; j < layers; j++) {
            slots[j] = SLOTS_MIN + below(b, most - SLOTS_MIN + 1);
            sequences *= slots[j];
            size += slots[j];
        }
    } while (sequences > SEQUENCES_MAX);
    return size;
}

static void fill_candidates(bench *b, const int *slots)
{
    dcnn_chain *chain = b->chain;

    chain->first[0] = 0;
    for (int j = 0, x = 0; j < chain->layer_count; j++) {
        chain->first[j + 1] = chain->first[j] + slots[j];
        for (int i = 0; i < b->units; i++) {
            if (below(b, b->units - i) >= chain->first[j + 1] - x) continue;
            chain->layer[x] = j;
            chain->unit[x] = i;
            chain->origin[x] = x;
            chain->cost.own[x++] = draw_amount(b);
        }
    }
}

static void fill_moves(bench *b, int never_one_in)
{
    const dcnn_chain *chain = b->chain;

    for (int j = 0; j + 1 < chain->layer_count; j++)
        for (int x = chain->first[j], at = 0; x < chain->first[j + 1]; x++)
            for (int y = chain->first[j + 1]; y < chain->first[j + 2]; y++)
                chain->cost.move[j][at++] =
                    chain->unit[x] == chain->unit[y] || below(b, never_one_in) == 0 ? dcnn_tick_never : draw_amount(b);
}

/* False when memory is out. */
static bool bench_open(bench *b, uint64_t seed, bool single)
{
    int slots[LAYERS_MAX], layers, size;

    memset(b, 0, sizeof *b);
    dcnn_rng_seed(&b->rng, seed);
    b->units = SLOTS_MIN + 1 + below(b, UNITS_MAX - SLOTS_MIN);
    b->scale = below(b, 3);
    for (int i = 0; i < b->units; i++)
        b->room[i] = (dcnn_room){3 + below(b, 6), 3 + below(b, 6), single ? 1 : 1 + below(b, 4)};
    layers = 2 + below(b, LAYERS_MAX - 1);
    for (int j = 0; j < layers; j++) {
        b->counts[j] = true;
        b->layers[j] = (dcnn_layer){.memory_bytes = below(b, 4), .ops = below(b, 4)};
    }
    size = draw_slots(b, slots, layers);
    b->cnn = (dcnn_cnn){.layer_count = layers, .layers = b->layers};
    b->data = (dcnn_chain_data){.layer_count = layers, .cnn = &b->cnn, .counts = b->counts, .counts_alone = b->counts};
    b->chain = dcnn_chain_new(&b->data, size, false);
    if (!b->chain || !dcnn_rundp_init(&b->dp, size)) return false;
    b->chain->single = single;
    fill_candidates(b, slots);
    if (!dcnn_chain_link(b->chain, b->room)) return false;
    fill_moves(b, below(b, 3) == 0 ? 3 : 1000);
    return true;
}

/* --- brute force --- */

static bool is_never(dcnn_tick value)
{
    return value >= dcnn_tick_never / 2;
}

static bool is_same(dcnn_tick a, dcnn_tick b)
{
    return a == b || (is_never(a) && is_never(b));
}

/* The set of a flat's unit. */
static int bit_of(const bench *b, int x)
{
    for (int k = 0; k < b->critical_count; k++)
        if (b->critical[k] == b->chain->unit[x]) return 1 << k;
    return 0;
}

/* What y adds to a sequence behind x (-1 = none). */
static dcnn_tick step(const bench *b, int x, int y)
{
    const dcnn_chain *chain = b->chain;
    dcnn_tick move = 0;

    if (x >= 0 && chain->unit[x] != chain->unit[y]) {
        int j = chain->layer[x];
        move = chain->cost.move[j][(x - chain->first[j]) * dcnn_slots(chain, j + 1) + y - chain->first[j + 1]];
    }
    return is_never(move) || is_never(b->own[y]) ? dcnn_tick_never : move + b->own[y];
}

/* Whether the layers from..to of the sequence that are on the unit of the last fit there together. */
static bool fits(const bench *b, int from, int to)
{
    const int *unit = b->chain->unit;
    dcnn_room used = {0};

    for (int j = from; j <= to; j++) {
        dcnn_room need = dcnn_room_of(&b->layers[j]);
        if (unit[b->flats[j]] == unit[b->flats[to]]) dcnn_room_add(&used, &need);
    }
    return dcnn_room_holds(&b->room[unit[b->flats[to]]], &used);
}

/* Whether layer j of the sequence may be where it is, with the critical units of set visited before. */
static bool keeps_rules(const bench *b, int j, int set)
{
    const int *unit = b->chain->unit, *flats = b->flats, at = unit[flats[j]];
    int from = j;

    if (b->chain->single)
        return (j < 1 || unit[flats[j - 1]] != at) && (j < 2 || unit[flats[j - 2]] != at) &&
               !(set & bit_of(b, flats[j]));
    while (from > 0 && unit[flats[from - 1]] == at) from--;
    return fits(b, from, j);
}

static void note_sequence(bench *b, dcnn_tick cost)
{
    bool placed = true;

    for (int j = 0; j < b->chain->layer_count; j++) {
        dcnn_tick *through = &b->through[b->flats[j]];
        if (cost < *through) *through = cost;
        placed = placed && fits(b, 0, j);
    }
    if (placed && cost < b->least_placed) b->least_placed = cost;
    if (cost >= b->least) return;
    b->least = cost;
    memcpy(b->first_flats, b->flats, sizeof b->flats);
}

/* Every way to go on from layer j. */
static void go_on(bench *b, int j, int set, dcnn_tick cost)
{
    if (j == b->chain->layer_count) note_sequence(b, cost);
    for (int x = b->chain->first[j]; j < b->chain->layer_count && x < b->chain->first[j + 1]; x++) {
        dcnn_tick more = step(b, j > 0 ? b->flats[j - 1] : -1, x);
        b->flats[j] = x;
        if (!is_never(more) && keeps_rules(b, j, set)) go_on(b, j + 1, set | bit_of(b, x), cost + more);
    }
}

/* The least rest behind x that does not visit unit before in the next layer. */
static dcnn_tick least_rest(const bench *b, int x, int set, int before)
{
    const dcnn_chain *chain = b->chain;
    dcnn_tick least = dcnn_tick_never;
    int next = chain->layer[x] + 1;

    if (next == chain->layer_count) return 0;
    for (int y = chain->first[next]; y < chain->first[next + 1]; y++) {
        dcnn_tick rest = step(b, x, y);
        if (is_never(rest) || chain->unit[y] == before || chain->unit[y] == chain->unit[x] || set & bit_of(b, y))
            continue;
        rest += least_rest(b, y, set | bit_of(b, y), chain->unit[x]);
        if (rest < least) least = rest;
    }
    return least;
}

/* --- what must agree --- */

/* No run ends on a forbidden candidate, so never is right there, too. */
static void check_rests(const bench *b, int x, int set, dcnn_buf *complaint)
{
    for (int before = -1; before < b->units; before++) {
        dcnn_tick rest = dcnn_rundp_rest(&b->dp, x, set, before), least = least_rest(b, x, set, before);
        if (is_same(rest, least) || (is_never(b->own[x]) && is_never(rest))) continue;
        dcnn_buf_format(complaint, "the rest behind %d, set %d, unit before %d is %lld, not %lld\n", x, set, before,
                        (long long)rest, (long long)least);
    }
}

/* All sets that are possible up to and including the layer. */
static void check_all_rests(const bench *b, dcnn_buf *complaint)
{
    for (int x = 0; x < b->chain->size; x++)
        for (int set = 0, bit = bit_of(b, x); set < 1 << b->critical_count; set++)
            if ((set & bit) == bit && dcnn_rundp_count(set) <= b->chain->layer[x] + 1)
                check_rests(b, x, set, complaint);
}

/* A lower bound; exact with one layer a unit when no unit is critical. */
static void check_through(bench *b, dcnn_buf *complaint)
{
    bool exact = b->chain->single && b->critical_count == 0;

    dcnn_rundp_forward(&b->dp, b->chain, &b->chain->cost);
    for (int x = 0; x < b->chain->size; x++) {
        dcnn_tick through = dcnn_rundp_through(&b->dp, b->chain, x), least = b->through[x];
        if (!is_same(through, least) && (exact || through > least))
            dcnn_buf_format(complaint, "through %d it is %lld, not %lld\n", x, (long long)through, (long long)least);
    }
}

/* Of sequences as cheap with one layer a unit, the trace is the first. */
static void check_trace(bench *b, dcnn_tick value, dcnn_buf *complaint)
{
    dcnn_tick cost = 0;

    dcnn_rundp_trace(&b->dp, b->chain, &b->chain->cost, b->flats);
    for (int j = 0, set = 0; j < b->chain->layer_count; j++) {
        int x = b->flats[j], *first = b->chain->first;
        if (x < first[j] || x >= first[j + 1] || !keeps_rules(b, j, set) ||
            (b->chain->single && x != b->first_flats[j])) {
            dcnn_buf_format(complaint, "the trace is on %d in layer %d\n", x, j);
            return;
        }
        cost += step(b, j > 0 ? b->flats[j - 1] : -1, x);
        set |= bit_of(b, x);
    }
    if (cost != value)
        dcnn_buf_format(complaint, "the trace costs %lld, not %lld\n", (long long)cost, (long long)value);
}

/* --- passes --- */

/* Costs and penalties of all candidates, or of some. */
static void draw_own(bench *b, int one_in)
{
    for (int x = 0; x < b->chain->size; x++) {
        if (below(b, one_in) > 0) continue;
        b->own[x] = b->chain->cost.own[x] + (below(b, 2) ? draw_amount(b) : -draw_amount(b));
        if (below(b, 12) == 0) b->own[x] = dcnn_tick_never;
        b->dp.own[x] = b->own[x];
    }
}

static bool add_critical(bench *b)
{
    int x = below(b, b->chain->size);

    if (bit_of(b, x)) return true; /* it is critical already */
    b->critical[b->critical_count++] = b->chain->unit[x];
    return dcnn_rundp_add_critical(&b->dp, b->chain, b->chain->unit[x]);
}

static void pass(bench *b, dcnn_buf *complaint)
{
    const dcnn_chain *chain = b->chain;
    bool priced = below(b, 8) > 0;
    dcnn_tick value;

    if (!priced) memcpy(b->own, chain->cost.own, (size_t)chain->size * sizeof *b->own);
    value = (priced ? dcnn_rundp_backward : dcnn_rundp_unpriced)(&b->dp, chain, &chain->cost);
    b->least = b->least_placed = dcnn_tick_never;
    for (int x = 0; x < chain->size; x++) b->through[x] = dcnn_tick_never;
    go_on(b, 0, 0, 0);
    if (value != b->least || value > b->least_placed)
        dcnn_buf_format(complaint, "the least is %lld, %lld where all fits, not %lld\n", (long long)b->least,
                        (long long)b->least_placed, (long long)value);
    if (chain->single) check_all_rests(b, complaint);
    if (below(b, 4) > 0) check_through(b, complaint);
    if (!is_never(b->least) && complaint->size == 0) check_trace(b, value, complaint); /* wrong tables lead nowhere */
}

/* The same tables again and again, with other penalties and more critical units. */
static void pass_often(uint64_t seed, bool single, dcnn_buf *complaint)
{
    static bench b;
    bool room = bench_open(&b, seed, single);

    if (room) draw_own(&b, 1);
    for (int k = single && room ? below(&b, CRITICAL_FIRST_MAX + 1) : 0; k > 0 && room; k--) room = add_critical(&b);
    for (int k = 0; k < PASSES && room && complaint->size == 0; k++) {
        if (k > 0 && below(&b, 4) > 0) draw_own(&b, 1 + 2 * below(&b, 3));
        if (k == PASSES - 2 && single) room = add_critical(&b);
        if (room) pass(&b, complaint);
    }
    if (!room) dcnn_buf_text(complaint, "out of memory\n");
    if (b.chain) dcnn_chain_free(b.chain);
    dcnn_rundp_clear(&b.dp);
}

static void one_layer_a_unit(uint64_t seed, dcnn_buf *complaint)
{
    pass_often(seed, true, complaint);
}

static void several_layers_a_unit(uint64_t seed, dcnn_buf *complaint)
{
    pass_often(seed, false, complaint);
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"one layer a unit", one_layer_a_unit, 5000},
                                          {"several layers a unit", several_layers_a_unit, 1500}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
