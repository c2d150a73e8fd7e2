#include "solve/coupling.h"
#include "solve/knapsack.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Candidates by unit: every (chain, flat) on unit i that is charged to it. */
typedef struct {
    int *first; /* [unit_count + 1] */
    int *chain, *flat;
} unit_candidates;

static bool list_by_unit(unit_candidates *list, const dcnn_problem *problem, dcnn_pool *pool)
{
    int total = 0, *fill;

    list->first = dcnn_pool_take(pool, (size_t)problem->unit_count + 2, sizeof *list->first);
    if (!list->first) return false;
    fill = list->first + 1;
    for (int u = 0; u < problem->chain_count; u++) {
        const dcnn_chain *chain = problem->chains[u];
        for (int x = 0; x < chain->size; x++)
            if (chain->data->counts[chain->layer[x]]) {
                fill[chain->unit[x] + 1]++;
                total++;
            }
    }
    for (int i = 0; i < problem->unit_count; i++) fill[i + 1] += fill[i];
    list->chain = dcnn_pool_take(pool, (size_t)total, sizeof *list->chain);
    list->flat = dcnn_pool_take(pool, (size_t)total, sizeof *list->flat);
    if (!list->chain || !list->flat) return false;
    for (int u = 0; u < problem->chain_count; u++) {
        const dcnn_chain *chain = problem->chains[u];
        for (int x = 0; x < chain->size; x++)
            if (chain->data->counts[chain->layer[x]]) {
                int slot = fill[chain->unit[x]]++;
                list->chain[slot] = u;
                list->flat[slot] = x;
            }
    }
    return true;
}

typedef struct {
    dcnn_coupling *rows;
    size_t row_room, item_room;
    bool knapsacks; /* rows for heavy layers are wanted */
    bool failed;
} row_builder;

static void open_row(row_builder *b, dcnn_row_kind kind, int unit, int64_t capacity, int64_t divisor)
{
    dcnn_coupling *rows = b->rows;
    int bits = 0;

    if (!dcnn_reserve((void **)&rows->rows, &b->row_room, (size_t)rows->row_count, sizeof *rows->rows)) {
        b->failed = true;
        return;
    }
    /* Enough fractional bits that a price of one tick for the whole capacity is still held to 1/256. */
    while (kind != DCNN_ROW_SHARED && (capacity >> bits) > 0) bits++;
    rows->rows[rows->row_count++] = (dcnn_row){.kind = kind,
                                               .unit = unit,
                                               .capacity = capacity,
                                               .divisor = divisor,
                                               .first = rows->item_count,
                                               .bits = bits > 8 ? bits + 8 : 0};
}

static void add_item(row_builder *b, int chain, int flat, int64_t coefficient)
{
    dcnn_coupling *rows = b->rows;

    if (b->failed) return;
    if (!dcnn_reserve((void **)&rows->items, &b->item_room, (size_t)rows->item_count, sizeof *rows->items)) {
        b->failed = true;
        return;
    }
    rows->items[rows->item_count++] = (dcnn_row_item){chain, flat, coefficient};
    rows->rows[rows->row_count - 1].count++;
}

/* The most that all CNNs together could put on the unit, with every candidate there. */
typedef struct {
    int64_t layers, memory_bytes, ops;
} unit_demand;

static const dcnn_layer *layer_of(const dcnn_problem *problem, const unit_candidates *list, int at)
{
    const dcnn_chain *chain = problem->chains[list->chain[at]];

    return &chain->data->cnn->layers[chain->layer[list->flat[at]]];
}

static int64_t saturating_sum(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

static unit_demand measure_demand(const dcnn_problem *problem, const unit_candidates *list, int i)
{
    unit_demand demand = {0};

    for (int at = list->first[i]; at < list->first[i + 1]; at++) {
        const dcnn_layer *layer = layer_of(problem, list, at);
        demand.layers++;
        demand.memory_bytes = saturating_sum(demand.memory_bytes, layer->memory_bytes);
        demand.ops = saturating_sum(demand.ops, layer->ops);
    }
    return demand;
}

static int64_t coefficient_of(const dcnn_layer *layer, dcnn_row_kind kind, int64_t divisor)
{
    switch (kind) {
    case DCNN_ROW_COUNT:
        return 1;
    case DCNN_ROW_MEMORY:
        return layer->memory_bytes / divisor;
    case DCNN_ROW_OPS:
        return layer->ops;
    case DCNN_ROW_SHARED:
        break;
    }
    return 0;
}

static void add_unit_row(row_builder *b, const dcnn_problem *problem, const unit_candidates *list, int i,
                         dcnn_row_kind kind, int64_t capacity, int64_t divisor)
{
    open_row(b, kind, i, capacity / divisor, divisor);
    for (int at = list->first[i]; at < list->first[i + 1]; at++) {
        int64_t coefficient = coefficient_of(layer_of(problem, list, at), kind, divisor);
        if (coefficient > 0) add_item(b, list->chain[at], list->flat[at], coefficient);
    }
}

static int compare_bytes(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void add_knapsack_rows(row_builder *b, const dcnn_problem *problem, const unit_candidates *list, int i)
{
    int64_t capacity = problem->room[i].memory_bytes, divisors[DCNN_DIVISORS_MAX];
    size_t count = (size_t)(list->first[i + 1] - list->first[i]);
    int64_t *bytes = dcnn_take(count, sizeof *bytes);
    int used;

    if (!bytes) {
        b->failed = true;
        return;
    }
    for (size_t k = 0; k < count; k++) bytes[k] = layer_of(problem, list, list->first[i] + (int)k)->memory_bytes;
    qsort(bytes, count, sizeof *bytes, compare_bytes);
    used = dcnn_knapsack_divisors(bytes, count, capacity, problem->room[i].layers, divisors);
    for (int k = 0; k < used; k++) add_unit_row(b, problem, list, i, DCNN_ROW_MEMORY, capacity, divisors[k]);
    free(bytes);
}

static void add_unit_rows(row_builder *b, const dcnn_problem *problem, const unit_candidates *list, int i)
{
    const dcnn_room *room = &problem->room[i];
    unit_demand demand = measure_demand(problem, list, i);

    if (demand.layers > room->layers) add_unit_row(b, problem, list, i, DCNN_ROW_COUNT, room->layers, 1);
    if (room->layers <= 1) return; /* every candidate fits by itself */
    if (demand.memory_bytes > room->memory_bytes) {
        add_unit_row(b, problem, list, i, DCNN_ROW_MEMORY, room->memory_bytes, 1);
        if (b->knapsacks) add_knapsack_rows(b, problem, list, i);
    }
    if (demand.ops > room->ops) add_unit_row(b, problem, list, i, DCNN_ROW_OPS, room->ops, 1);
}

static int flat_on_unit(const dcnn_chain *chain, int j, int unit)
{
    for (int x = chain->first[j]; x < chain->first[j + 1]; x++)
        if (chain->unit[x] == unit) return x;
    return -1;
}

static void add_shared_rows(row_builder *b, const dcnn_problem *problem)
{
    const dcnn_scenario *scenario = problem->instance->scenario;

    for (int s = 0; s < scenario->shared_group_count; s++) {
        const dcnn_shared_group *group = &scenario->shared_groups[s];
        for (int m = 1; m < group->member_count; m++) {
            dcnn_layer_ref lead = group->members[0], member = group->members[m];
            for (int i = 0; i < problem->unit_count && !b->failed; i++) {
                int x = flat_on_unit(problem->chains[lead.cnn], lead.layer, i);
                int y = flat_on_unit(problem->chains[member.cnn], member.layer, i);
                if (x < 0 && y < 0) continue;
                open_row(b, DCNN_ROW_SHARED, i, 0, 1);
                if (b->failed) return;
                b->rows->rows[b->rows->row_count - 1].group = s;
                b->rows->rows[b->rows->row_count - 1].member = m;
                if (x >= 0) add_item(b, lead.cnn, x, 1);
                if (y >= 0) add_item(b, member.cnn, y, -1);
            }
        }
    }
}

static bool index_entries(dcnn_coupling *rows, const dcnn_problem *problem)
{
    size_t chains = (size_t)problem->chain_count;

    rows->entry_first = dcnn_pool_take(rows->pool, chains, sizeof(int *));
    rows->entry_item = dcnn_pool_take(rows->pool, chains, sizeof(int *));
    rows->item_row = dcnn_pool_take(rows->pool, (size_t)rows->item_count, sizeof(int));
    if (!rows->entry_first || !rows->entry_item || !rows->item_row) return false;
    for (size_t u = 0; u < chains; u++) {
        rows->entry_first[u] = dcnn_pool_take(rows->pool, (size_t)problem->chains[u]->size + 2, sizeof(int));
        if (!rows->entry_first[u]) return false;
    }
    for (int r = 0; r < rows->row_count; r++)
        for (int k = rows->rows[r].first; k < rows->rows[r].first + rows->rows[r].count; k++) {
            rows->item_row[k] = r;
            rows->entry_first[rows->items[k].chain][rows->items[k].flat + 2]++;
        }
    for (size_t u = 0; u < chains; u++) {
        int size = problem->chains[u]->size, *first = rows->entry_first[u];
        for (int x = 0; x < size; x++) first[x + 2] += first[x + 1];
        rows->entry_item[u] = dcnn_pool_take(rows->pool, (size_t)first[size + 1], sizeof(int));
        if (!rows->entry_item[u]) return false;
    }
    for (int k = 0; k < rows->item_count; k++) { /* first[x + 1] runs from the start of x to the start of x + 1 */
        const dcnn_row_item *item = &rows->items[k];
        rows->entry_item[item->chain][rows->entry_first[item->chain][item->flat + 1]++] = k;
    }
    return true;
}

dcnn_status dcnn_coupling_new(dcnn_coupling **out, const dcnn_problem *problem, bool knapsacks, dcnn_error *err)
{
    row_builder b = {.rows = dcnn_take(1, sizeof *b.rows), .knapsacks = knapsacks};
    unit_candidates list = {0};

    *out = NULL;
    if (!b.rows) return dcnn_fail_memory(err);
    b.rows->pool = dcnn_pool_new();
    if (!b.rows->pool || !list_by_unit(&list, problem, b.rows->pool)) goto out_of_memory;
    for (int i = 0; i < problem->unit_count && !b.failed; i++) add_unit_rows(&b, problem, &list, i);
    add_shared_rows(&b, problem);
    if (b.failed || !index_entries(b.rows, problem)) goto out_of_memory;
    *out = b.rows;
    return DCNN_OK;
out_of_memory:
    dcnn_coupling_free(b.rows);
    return dcnn_fail_memory(err);
}

void dcnn_coupling_free(dcnn_coupling *rows)
{
    if (!rows) return;
    dcnn_pool_free(rows->pool);
    free(rows->rows);
    free(rows->items);
    free(rows);
}

dcnn_row_name dcnn_row_name_of(const dcnn_row *row)
{
    static const dcnn_price_kind kinds[] = {[DCNN_ROW_COUNT] = DCNN_PRICE_LAYERS,
                                            [DCNN_ROW_MEMORY] = DCNN_PRICE_MEMORY,
                                            [DCNN_ROW_OPS] = DCNN_PRICE_OPS,
                                            [DCNN_ROW_SHARED] = DCNN_PRICE_SHARED};

    return (dcnn_row_name){.kind = kinds[row->kind],
                           .unit = row->unit,
                           .divisor = row->divisor,
                           .group = row->group,
                           .member = row->member};
}

__extension__ typedef __int128 wide_int;

/* Arithmetic shift of a negative number rounds down as well. */
dcnn_tick dcnn_row_charge(const dcnn_row *row, int64_t fixed, int64_t amount)
{
    return (dcnn_tick)(((wide_int)fixed * amount) >> row->bits);
}

/* No feasible placement pays more than the sum of price * capacity (of |price| in a shared row). Held below this, its
 * priced cost stays clear of "never", so what the tables clamp is no placement. */
static const double charges_max = 0x1p58;
static const double shared_weight = 4; /* shared rows pay as well as charge */

static double within_charges(const dcnn_coupling *rows, const double *price)
{
    double sum = 0;

    for (int r = 0; r < rows->row_count; r++) {
        const dcnn_row *row = &rows->rows[r];
        sum += fabs(price[r]) * (row->kind == DCNN_ROW_SHARED ? shared_weight : (double)row->capacity);
    }
    return sum > charges_max ? charges_max / sum : 1.0;
}

static int64_t fixed_price(const dcnn_row *row, double price)
{
    double scaled = ldexp(price, row->bits);
    int64_t fixed = fabs(scaled) < 0x1p62 ? (int64_t)llround(scaled) : 0;

    return fixed < 0 && row->kind != DCNN_ROW_SHARED ? 0 : fixed;
}

void dcnn_coupling_fix(const dcnn_coupling *rows, const double *price, int64_t *fixed)
{
    double scale = within_charges(rows, price);

    for (int r = 0; r < rows->row_count; r++) fixed[r] = fixed_price(&rows->rows[r], price[r] * scale);
}

dcnn_tick dcnn_coupling_penalties(const dcnn_coupling *rows, const double *price, dcnn_tick *const *penalty)
{
    double scale = within_charges(rows, price);
    dcnn_tick constant = 0;

    for (int r = 0; r < rows->row_count; r++) {
        const dcnn_row *row = &rows->rows[r];
        int64_t fixed = fixed_price(row, price[r] * scale);
        if (fixed == 0) continue;
        constant += dcnn_row_charge(row, fixed, row->capacity);
        for (int k = row->first; k < row->first + row->count; k++)
            penalty[rows->items[k].chain][rows->items[k].flat] +=
                dcnn_row_charge(row, fixed, rows->items[k].coefficient);
    }
    return constant;
}
