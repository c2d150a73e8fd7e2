#include "solve/rundp.h"
#include <stdlib.h>
#include <string.h>

enum { TICK_TABLES = 7, INT_TABLES = 5, BYTE_TABLES = 4 };

/* Points the tables into fresh blocks for so many sets; false when memory is out (then nothing has changed). */
static bool take_tables(dcnn_rundp *dp, int sets)
{
    size_t cells = (size_t)dp->size * (size_t)sets;
    dcnn_tick *ticks = dcnn_take(cells, TICK_TABLES * sizeof *ticks);
    int *ints = dcnn_take(cells, INT_TABLES * sizeof *ints);
    unsigned char *bytes = dcnn_take(cells, BYTE_TABLES * sizeof *bytes);
    dcnn_tick **tick_table[TICK_TABLES] = {&dp->start,  &dp->start_other,  &dp->leave, &dp->leave_other,
                                           &dp->arrive, &dp->arrive_other, &dp->end};
    int **int_table[INT_TABLES] = {&dp->leave_unit, &dp->start_unit, &dp->arrive_unit, &dp->leave_slot,
                                   &dp->leave_other_slot};
    unsigned char **byte_table[BYTE_TABLES] = {&dp->leave_visits, &dp->leave_other_visits, &dp->start_visits,
                                               &dp->start_other_visits};

    if (!ticks || !ints || !bytes) {
        free(ticks);
        free(ints);
        free(bytes);
        return false;
    }
    free(dp->start);
    free(dp->leave_unit);
    free(dp->leave_visits);
    for (size_t k = 0; k < TICK_TABLES; k++) *tick_table[k] = ticks + k * cells;
    for (size_t k = 0; k < INT_TABLES; k++) *int_table[k] = ints + k * cells;
    for (size_t k = 0; k < BYTE_TABLES; k++) *byte_table[k] = bytes + k * cells;
    for (size_t k = 0; k < INT_TABLES * cells; k++) ints[k] = -1;
    dp->sets = sets;
    return true;
}

bool dcnn_rundp_init(dcnn_rundp *dp, int size)
{
    *dp = (dcnn_rundp){.size = size};
    dp->own = dcnn_take((size_t)size, sizeof *dp->own);
    dp->bit = dcnn_take((size_t)size, sizeof *dp->bit);
    if (dp->own && dp->bit && take_tables(dp, 1)) return true;
    dcnn_rundp_clear(dp);
    return false;
}

void dcnn_rundp_clear(dcnn_rundp *dp)
{
    free(dp->own);
    free(dp->bit);
    free(dp->start);
    free(dp->leave_unit);
    free(dp->leave_visits);
    *dp = (dcnn_rundp){0};
}

bool dcnn_rundp_add_critical(dcnn_rundp *dp, const dcnn_chain *chain, int unit)
{
    if (!take_tables(dp, dp->sets * 2)) return false;
    for (int x = 0; x < chain->size; x++)
        if (chain->unit[x] == unit) dp->bit[x] = (unsigned char)(1 << dp->critical_count);
    dp->critical[dp->critical_count++] = unit;
    return true;
}

/* Least row[k] + rest[k]: the inner loop where runs may be long. */
static dcnn_tick least_sum(const dcnn_tick *restrict row, const dcnn_tick *restrict rest, int count)
{
    dcnn_tick least = dcnn_tick_never;

    for (int k = 0; k < count; k++) {
        dcnn_tick sum = row[k] + rest[k];
        least = sum < least ? sum : least;
    }
    return least;
}

/* The two least rests after a flat, and the slots of the next layer they go on from (-1 = none). */
typedef struct {
    dcnn_tick best, other;
    int best_at, other_at;
} two_leaves;

static void take_leave(two_leaves *two, dcnn_tick sum, int at)
{
    if (sum < two->best) {
        two->other = two->best;
        two->other_at = two->best_at;
        two->best = sum;
        two->best_at = at;
    } else if (sum < two->other) {
        two->other = sum;
        two->other_at = at;
    }
}

/* Least row[k] + rest[k], the inner loop with one layer a unit. The two slots that were least the last time are looked
 * at first, so that hardly any other is less and the branch is foreseen. */
static two_leaves least_two(const dcnn_tick *restrict row, const dcnn_tick *restrict rest, int count, int first,
                            int second)
{
    two_leaves two = {dcnn_tick_never, dcnn_tick_never, -1, -1};

    if (first >= 0) take_leave(&two, row[first] + rest[first], first);
    if (second >= 0) take_leave(&two, row[second] + rest[second], second);
    for (int k = 0; k < count; k++) {
        dcnn_tick sum = row[k] + rest[k];
        if (sum < two.other && k != first && k != second) take_leave(&two, sum, k);
    }
    return two;
}

/* The same where what follows must not come straight back to the unit. next is the cell of the next layer's first flat
 * in the tables of the set. */
static two_leaves least_two_apart(const dcnn_rundp *dp, const dcnn_tick *row, ptrdiff_t next, int count, int unit)
{
    two_leaves two = {dcnn_tick_never, dcnn_tick_never, -1, -1};

    for (int k = 0; k < count; k++)
        take_leave(&two, row[k] + (dp->start_unit[next + k] == unit ? dp->start_other : dp->start)[next + k], k);
    return two;
}

static bool comes_back(const dcnn_rundp *dp, ptrdiff_t next, int slot, int unit)
{
    return slot >= 0 && dp->start_unit[next + slot] == unit;
}

/* The critical units that the rest visits which goes on from that slot, after a flat on unit. */
static unsigned char visits_of(const dcnn_rundp *dp, ptrdiff_t next, int slot, int unit)
{
    if (slot < 0) return 0;
    return (comes_back(dp, next, slot, unit) ? dp->start_other_visits : dp->start_visits)[next + slot];
}

/* Best and second-best rest after flat x, with different next units that do not come straight back to x's. Coming back
 * costs less than what is right: if neither of the two least does, they are right. */
static void best_two_leaves(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_tick *row, int x, ptrdiff_t cell,
                            const int *next_unit, ptrdiff_t next, int width)
{
    int unit = chain->unit[x];
    two_leaves two = least_two(row, dp->start + next, width, dp->leave_slot[cell], dp->leave_other_slot[cell]);

    if (comes_back(dp, next, two.best_at, unit) || comes_back(dp, next, two.other_at, unit))
        two = least_two_apart(dp, row, next, width, unit);
    dp->leave[cell] = two.best;
    dp->leave_other[cell] = two.other;
    dp->leave_unit[cell] = two.best_at < 0 ? -1 : next_unit[two.best_at];
    dp->leave_slot[cell] = two.best_at;
    dp->leave_other_slot[cell] = two.other_at;
    dp->leave_visits[cell] = visits_of(dp, next, two.best_at, unit);
    dp->leave_other_visits[cell] = visits_of(dp, next, two.other_at, unit);
}

/* A rest that does not visit a unit is no dearer once that has been visited, and with more units visited none is
 * cheaper. So the two rests after x of some set are those of the set without a unit that neither visits. False where
 * there is no such unit. */
static bool inherit_leaves(dcnn_rundp *dp, int x, int set)
{
    ptrdiff_t cell = (ptrdiff_t)set * dp->size + x;

    for (int others = set & ~dp->bit[x]; others != 0; others &= others - 1) {
        int bit = others & -others;
        ptrdiff_t from = cell - (ptrdiff_t)bit * dp->size;
        if ((dp->leave_visits[from] | dp->leave_other_visits[from]) & bit) continue;
        dp->leave[cell] = dp->leave[from];
        dp->leave_other[cell] = dp->leave_other[from];
        dp->leave_unit[cell] = dp->leave_unit[from];
        dp->leave_visits[cell] = dp->leave_visits[from];
        dp->leave_other_visits[cell] = dp->leave_other_visits[from];
        return true;
    }
    return false;
}

static dcnn_tick best_start(const dcnn_rundp *dp, const dcnn_chain *chain, int x)
{
    dcnn_tick own = 0, least = dcnn_tick_never;
    int y = x;

    for (int e = chain->layer[x]; e <= chain->run_last[x]; e++, y = chain->stay[y]) {
        own += dp->own[y];
        if (own >= dcnn_tick_never) break;
        if (own + dp->leave[y] < least) least = own + dp->leave[y];
    }
    return least;
}

/* No unit follows, and the rest is that: the chain ends, or never does. */
static void lead_nowhere(dcnn_rundp *dp, ptrdiff_t cell, dcnn_tick rest)
{
    dp->leave[cell] = dp->leave_other[cell] = rest;
    dp->leave_unit[cell] = -1;
    dp->leave_visits[cell] = dp->leave_other_visits[cell] = 0;
}

/* The tables leave of layer j, for one set of critical units visited up to and including it. */
static void leave_layer(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs, int j, int set)
{
    int width = dcnn_slots(chain, j + 1);
    const dcnn_tick *row = costs->move[j];
    ptrdiff_t base = (ptrdiff_t)set * dp->size, next = base + chain->first[j + 1];

    for (int x = chain->first[j]; x < chain->first[j + 1]; x++, row += width) {
        if (dp->own[x] >= dcnn_tick_never || (dp->bit[x] & ~set)) {
            lead_nowhere(dp, base + x, dcnn_tick_never);
        } else if (chain->single) {
            if (inherit_leaves(dp, x, set)) continue;
            best_two_leaves(dp, chain, row, x, base + x, chain->unit + chain->first[j + 1], next, width);
        } else {
            dp->leave[base + x] = least_sum(row, dp->start + next, width);
        }
    }
}

/* The tables start of layer j, for one set visited before it. */
static void start_layer(dcnn_rundp *dp, const dcnn_chain *chain, int j, int set)
{
    ptrdiff_t base = (ptrdiff_t)set * dp->size;

    for (int x = chain->first[j]; x < chain->first[j + 1]; x++) {
        ptrdiff_t after = (ptrdiff_t)(set | dp->bit[x]) * dp->size + x;
        bool visited = (dp->bit[x] & set) != 0;
        if (!chain->single) {
            dp->start[base + x] = best_start(dp, chain, x);
            continue;
        }
        dp->start[base + x] = visited ? dcnn_tick_never : dcnn_rundp_clamp(dp->own[x] + dp->leave[after]);
        dp->start_other[base + x] = visited ? dcnn_tick_never : dcnn_rundp_clamp(dp->own[x] + dp->leave_other[after]);
        dp->start_unit[base + x] = dp->leave_unit[after];
        dp->start_visits[base + x] = dp->leave_visits[after] | dp->bit[x];
        dp->start_other_visits[base + x] = dp->leave_other_visits[after] | dp->bit[x];
    }
}

dcnn_tick dcnn_rundp_backward(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs)
{
    dcnn_tick best = dcnn_tick_never;

    for (int j = chain->layer_count - 1; j >= 0; j--) {
        for (int set = 0; set < dp->sets; set++) {
            if (dcnn_rundp_count(set) > j + 1) continue;
            if (j + 1 < chain->layer_count) {
                leave_layer(dp, chain, costs, j, set);
                continue;
            }
            for (int x = chain->first[j]; x < chain->first[j + 1]; x++)
                lead_nowhere(dp, (ptrdiff_t)set * dp->size + x, 0);
        }
        for (int set = 0; set < dp->sets; set++)
            if (dcnn_rundp_count(set) <= j) start_layer(dp, chain, j, set);
    }
    for (int x = chain->first[0]; x < chain->first[1]; x++)
        if (dp->start[x] < best) best = dp->start[x];
    return best < dcnn_tick_never / 2 ? best : dcnn_tick_never; /* a never that negative penalties were added to */
}

dcnn_tick dcnn_rundp_unpriced(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs)
{
    memcpy(dp->own, costs->own, (size_t)chain->size * sizeof *dp->own);
    return dcnn_rundp_backward(dp, chain, costs);
}

static dcnn_tick through_single(const dcnn_rundp *dp, int x)
{
    dcnn_tick least = dcnn_tick_never;

    for (int set = 0; set < dp->sets; set++) {
        ptrdiff_t before = (ptrdiff_t)set * dp->size + x, after = (ptrdiff_t)(set | dp->bit[x]) * dp->size + x;
        dcnn_tick sum;
        if ((dp->bit[x] & set) || dp->arrive[before] >= dcnn_tick_never) continue;
        sum = dp->arrive[before] + dp->leave[after];
        if (dp->arrive_unit[before] >= 0 && dp->arrive_unit[before] == dp->leave_unit[after]) {
            dcnn_tick first = dp->arrive[before] + dp->leave_other[after];
            dcnn_tick second = dp->arrive_other[before] + dp->leave[after];
            sum = first < second ? first : second;
        }
        if (sum < least) least = sum;
    }
    return dcnn_rundp_clamp(least + dp->own[x]);
}

dcnn_tick dcnn_rundp_through(const dcnn_rundp *dp, const dcnn_chain *chain, int x)
{
    int j = chain->layer[x];
    dcnn_tick before = dcnn_tick_never, own = 0, after;

    if (dp->own[x] >= dcnn_tick_never) return dcnn_tick_never;
    if (chain->single) return through_single(dp, x);
    after = best_start(dp, chain, x);
    for (int y = x; y >= 0 && chain->run_last[y] >= j; y = chain->back[y]) {
        own += dp->own[y];
        if (own >= dcnn_tick_never) break;
        if (dp->arrive[y] + own < before) before = dp->arrive[y] + own;
    }
    if (before >= dcnn_tick_never || after >= dcnn_tick_never) return dcnn_tick_never;
    return dcnn_rundp_clamp(before + after - dp->own[x]);
}

/* Where the run that attains start[x] ends; marks its layers. */
static int trace_run(const dcnn_rundp *dp, const dcnn_chain *chain, int x, int *flats)
{
    dcnn_tick own = 0;
    int y = x;

    if (chain->single) {
        flats[chain->layer[x]] = x;
        return x;
    }
    for (;; y = chain->stay[y]) {
        own += dp->own[y];
        flats[chain->layer[y]] = y;
        if (own + dp->leave[y] == dp->start[x]) return y;
    }
}

void dcnn_rundp_trace(const dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs, int *flats)
{
    int x = chain->first[0], before = -1, set = 0;

    for (int y = x; y < chain->first[1]; y++)
        if (dp->start[y] < dp->start[x]) x = y;
    for (;;) {
        int end = trace_run(dp, chain, x, flats), j = chain->layer[end], width;
        const dcnn_tick *row;
        dcnn_tick rest;
        set |= dp->bit[end];
        rest = dcnn_rundp_rest(dp, end, set, before);
        if (j + 1 == chain->layer_count) return;
        width = dcnn_slots(chain, j + 1);
        row = costs->move[j] + (ptrdiff_t)(end - chain->first[j]) * width;
        for (x = chain->first[j + 1];; x++, row++) {
            dcnn_tick follow;
            if (chain->single && (chain->unit[x] == before || (dp->bit[x] & set))) continue;
            follow =
                chain->single ? dp->own[x] + dcnn_rundp_rest(dp, x, set | dp->bit[x], chain->unit[end]) : dp->start[x];
            if (*row + follow == rest) break;
        }
        before = chain->unit[end];
    }
}
