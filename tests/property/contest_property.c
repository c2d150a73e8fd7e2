/* contest_property.c - contests against every placement there is: none costs less than the bound, a guide never tells
 * of more to pay than there is, and lists that contests keep short still hold the best placement. */
#include "property.h"
#include "solve/contest.h"
#include "solve/master_cuts.h"
#include "tiny_case.h"
#include <stdlib.h>
#include <string.h>

enum { ASSIGNMENTS_MAX = 50000, TINY_TRIES = 150, PLACEMENTS_MAX = 2000000, SORT_SEEDS = 300 };
enum { UNITS_MAX = 28, CNNS_MAX = 8, LAYERS_MAX = 12, COLUMNS_MAX = ASSIGNMENTS_MAX / 2, CUTS_MAX = 8 };
enum { WAYS_MAX = 5040, SEVERAL_TOTAL = 7, SEVERAL_UNITS = 5 }; /* of several layers there are more placements */

/* What all_sorts_are_found looks for. */
enum {
    CONTEST,
    SHARPER_TWICE,
    ALL_SHARED_OUT,
    TARGET_ABOVE,
    TARGET_BELOW,
    NO_PLACEMENT,
    BOUND_RISES,
    RIVALS_PAY,
    CUTS,
    CUTS_CHARGE,
    SEVERAL_LAYERS,
    SEVERAL_LAYERS_PAY,
    FINDS,
    LISTS_NEED_IT,
    SORTS
};

typedef struct {
    dcnn_tick cost, priced, charged; /* charged: by cuts, beside what it is priced */
    int flats[LAYERS_MAX], units[LAYERS_MAX];
    int set;
} column;

/* All columns of a CNN that fit together with the same columns of other CNNs: on the same units, and where these take
 * several layers with the same layers there. */
typedef struct {
    uint64_t key;
    int cheapest;     /* column */
    dcnn_tick placed; /* the cheapest placement that has one of them; dcnn_tick_never = none */
} unit_set;

/* Everything there is in a small scenario where units take one layer or several, and prices. */
typedef struct {
    tiny_case tiny;
    dcnn_rng rng;
    dcnn_instance *instance;
    dcnn_core *core;
    column columns[CNNS_MAX][COLUMNS_MAX];
    unit_set sets[CNNS_MAX][COLUMNS_MAX];
    int column_count[CNNS_MAX], set_count[CNNS_MAX];
    dcnn_tick best; /* the cheapest placement; dcnn_tick_never = none */
    double *price;
    dcnn_view *view; /* NULL = some CNN has no column */
    dcnn_tick here, target;
    bool provable; /* only what certificates can tell of is shared out */
    int *found;    /* [SORTS] how often each was met */
} arena;

static int below(arena *a, int n)
{
    return (int)dcnn_rng_below(&a->rng, (uint64_t)n);
}

/* --- scenarios --- */

/* Ways to put layers on different units. */
static int64_t ways(int units, int layers)
{
    int64_t product = 1;

    for (int k = 0; k < layers; k++) product *= units - k;
    return product;
}

/* Layers of each CNN and units to contend for: a few more than layers or, with few layers, as many as can be gone
 * through. Returns the units. */
static int draw_sizes(arena *a, int *layers, int cnns, bool several)
{
    bool wide = below(a, 3) == 0;
    int total, units, longest;

    do {
        total = longest = 0;
        for (int c = 0; c < cnns; c++) {
            total += layers[c] = 1 + below(a, 4);
            if (layers[c] > longest) longest = layers[c];
        }
    } while (total > (several ? SEVERAL_TOTAL : wide ? 5 : 10));
    if (several) return SEVERAL_UNITS - below(a, 2);
    units = wide ? UNITS_MAX - below(a, 12) : total + below(a, 4);
    while (units > total && (ways(units, longest) > WAYS_MAX || ways(units, total) > PLACEMENTS_MAX)) units--;
    return units;
}

static void write_cnns(arena *a, const int *layers, int cnns)
{
    dcnn_buf *text = &a->tiny.text;

    for (int c = 0; c < cnns; c++) {
        dcnn_buf_format(text, "%s\n  {\"id\": \"c%d\", \"input_bytes\": %d, \"source\": \"u%d\"", c ? "," : "", c,
                        below(a, 4), below(a, cnns));
        if (below(a, 8) == 0) dcnn_buf_format(text, ", \"deadline_s\": %d", 10 + below(a, 60));
        dcnn_buf_text(text, ", \"layers\": [");
        for (int j = 0; j < layers[c]; j++)
            dcnn_buf_format(text, "%s\n   {\"name\": \"l%d\", \"memory_bytes\": %d, \"ops\": %d, \"output_bytes\": %d}",
                            j ? "," : "", j, below(a, 6), below(a, 30), below(a, 7));
        dcnn_buf_text(text, "]}");
    }
}

/* Larger than what the oracle is for: contests share out a few units first, then more. */
static void write_scenario(arena *a)
{
    static const int memory[] = {3, 5, 8, 8, 8}, range[] = {2, 4, 10};
    dcnn_buf *text = &a->tiny.text;
    int layers_per_unit = below(a, 5) < 3 ? 1 : 2 + below(a, 3), several = layers_per_unit > 1;
    int layers[CNNS_MAX], cnns = 2 + below(a, several ? 2 : 3), units = draw_sizes(a, layers, cnns, several);

    dcnn_buf_text(text, "{\"dcnn\": \"scenario\", \"version\": 1, \"name\": \"arena\", \"units\": [");
    for (int i = 0; i < units; i++)
        dcnn_buf_format(text,
                        "%s\n  {\"id\": \"u%d\", \"x_m\": %d, \"y_m\": %d, \"memory_bytes\": %d, \"ops_per_s\": %d}",
                        i ? "," : "", i, below(a, 5), below(a, 4), memory[below(a, 5)], 1 + below(a, 4));
    dcnn_buf_format(text, "],\n \"network\": {\"range_m\": %d.5, \"rate_bytes_per_s\": %d},\n \"cnns\": [",
                    range[below(a, 3)], 1 + below(a, 3));
    write_cnns(a, layers, cnns);
    dcnn_buf_format(text, "],\n \"limits\": {\"layers_per_unit\": %d}, \"objective\": \"sum\"}\n", layers_per_unit);
}

static void refuse(void *user, const dcnn_error *fault)
{
    dcnn_buf_format(user, "%s: %s\n", fault->where, fault->text);
}

static bool is_usable(const dcnn_scenario *s)
{
    return s->shared_group_count == 0 && s->cnn_count > 1;
}

/* One of the oracle's scenarios, which are small but full of traps. */
static bool find_tiny(arena *a, uint64_t seed, dcnn_buf *complaint)
{
    for (uint64_t s = seed * TINY_TRIES; s < (seed + 1) * TINY_TRIES; s++) {
        if (!tiny_case_open(&a->tiny, s, ASSIGNMENTS_MAX, complaint)) return false;
        if (is_usable(a->tiny.scenario)) return true;
        tiny_case_close(&a->tiny);
        a->tiny = (tiny_case){0};
    }
    return false;
}

static bool draw_scenario(arena *a, uint64_t seed, dcnn_buf *complaint)
{
    if (seed % 3 == 0) return find_tiny(a, seed, complaint);
    write_scenario(a);
    if (dcnn_scenario_parse(&a->tiny.scenario, a->tiny.text.data, a->tiny.text.size, "arena.json", NULL, refuse,
                            complaint, NULL)) {
        dcnn_buf_text(complaint, "the scenario is refused\n");
        return false;
    }
    return true;
}

/* --- columns and placements --- */

/* What the column costs by these figures. */
static dcnn_tick cost_of(const dcnn_chain *chain, const dcnn_costs *costs, const int *flats)
{
    dcnn_tick sum = 0;

    for (int j = 0; j < chain->layer_count && sum < dcnn_tick_never; j++) {
        sum += costs->own[flats[j]];
        if (j > 0 && chain->unit[flats[j]] != chain->unit[flats[j - 1]])
            sum += costs->move[j - 1][(flats[j - 1] - chain->first[j - 1]) * dcnn_slots(chain, j) + flats[j] -
                                      chain->first[j]];
    }
    return sum;
}

static bool takes_several(const arena *a)
{
    return a->tiny.scenario->layers_per_unit != 1;
}

/* The set of that key, added if new. */
static int set_of(arena *a, int u, uint64_t key)
{
    int k = takes_several(a) ? a->set_count[u] : 0; /* each is another */

    while (k < a->set_count[u] && a->sets[u][k].key != key) k++;
    if (k == a->set_count[u]) a->sets[u][a->set_count[u]++] = (unit_set){key, a->column_count[u], dcnn_tick_never};
    return k;
}

/* Keeps what is a placement by itself. */
static void keep_column(arena *a, int u, const int *flats)
{
    const dcnn_chain *chain = a->core->problem->chains[u];
    column c = {.cost = cost_of(chain, &chain->cost, flats)};
    uint64_t key = 0;
    unit_set *set;

    for (int j = 0; j < chain->layer_count; j++) {
        c.flats[j] = flats[j];
        c.units[j] = chain->unit[flats[j]];
        key = takes_several(a) ? key * UNITS_MAX + (uint64_t)c.units[j] : key | (uint64_t)1 << c.units[j];
    }
    if (c.cost >= dcnn_tick_never || !dcnn_load_fits(&a->core->trial, u, c.units)) return;
    if (chain->latency.own && cost_of(chain, &chain->latency, flats) > chain->deadline) return;
    c.set = set_of(a, u, key);
    set = &a->sets[u][c.set];
    if (c.cost < a->columns[u][set->cheapest].cost) set->cheapest = a->column_count[u];
    a->columns[u][a->column_count[u]++] = c;
}

/* Every way to go on from layer j. */
static void list_from(arena *a, int u, int j, int *flats)
{
    const dcnn_chain *chain = a->core->problem->chains[u];

    if (j == chain->layer_count) {
        keep_column(a, u, flats);
        return;
    }
    for (int x = chain->first[j]; x < chain->first[j + 1]; x++) {
        int before = 0;
        for (int k = 0; k < j; k++) before += chain->unit[flats[k]] == chain->unit[x];
        flats[j] = x;
        if (before < a->instance->layers_per_unit) list_from(a, u, j + 1, flats);
    }
}

/* Every way to place the CNNs from u on, each by the cheapest column of a set. */
static void place_from(arena *a, int u, int *chosen, dcnn_tick cost)
{
    dcnn_load *load = &a->core->trial;

    if (u == a->core->problem->chain_count) {
        if (cost < a->best) a->best = cost;
        for (int v = 0; v < u; v++)
            if (cost < a->sets[v][chosen[v]].placed) a->sets[v][chosen[v]].placed = cost;
        return;
    }
    for (int k = 0; k < a->set_count[u]; k++) {
        const column *c = &a->columns[u][a->sets[u][k].cheapest];
        if (!dcnn_load_fits(load, u, c->units)) continue;
        dcnn_load_place(load, u, c->units, c->cost);
        chosen[u] = k;
        place_from(a, u + 1, chosen, cost + c->cost);
        dcnn_load_remove(load, u);
    }
}

static void list_all(arena *a)
{
    int scratch[LAYERS_MAX];

    dcnn_load_reset(&a->core->trial);
    for (int u = 0; u < a->core->problem->chain_count; u++) list_from(a, u, 0, scratch);
    a->best = dcnn_tick_never;
    place_from(a, 0, scratch, 0);
    dcnn_load_reset(&a->core->trial);
}

/* --- prices --- */

/* Of the size of what candidates cost, some rows for nothing, with all_rows every other time improved by an ascent;
 * without, only counts cost something. */
static bool draw_prices(arena *a, bool all_rows)
{
    dcnn_core *core = a->core;
    double scale = (1 + below(a, 3)) * (double)core->problem->worst / (double)dcnn_problem_flats(core->problem);
    bool **allowed = dcnn_allowed_copy(core, core->allowed);
    dcnn_tick bound = -dcnn_tick_never;
    dcnn_status status = DCNN_OK;

    a->price = dcnn_take(dcnn_core_price_count(core), sizeof *a->price);
    if (!a->price || !allowed) status = DCNN_E_MEMORY;
    for (int r = 0; r < core->rows->row_count && !status; r++)
        if (below(a, 3) > 0 && (all_rows || core->rows->rows[r].kind == DCNN_ROW_COUNT))
            a->price[r] = dcnn_rng_unit(&a->rng) * scale / dcnn_row_scale(&core->rows->rows[r]);
    if (!status && all_rows && below(a, 2) > 0)
        status = dcnn_lagrange(core, allowed, a->price, 1 + below(a, 60), &bound, NULL);
    dcnn_allowed_free(core, allowed);
    core->has_best = false; /* the prices are all that is wanted */
    dcnn_core_cut(core, core->problem->worst + core->one_ns);
    return !status;
}

static int draw_count_row(arena *a)
{
    const dcnn_coupling *rows = a->core->rows;
    int r;

    do r = below(a, rows->row_count);
    while (rows->rows[r].kind != DCNN_ROW_COUNT);
    return r;
}

/* A Chvatal-Gomory cut over what some units, and maybe one CNN, take. */
static void draw_cut(arena *a, dcnn_cut *cut)
{
    const dcnn_core *core = a->core;
    int chains = core->problem->chain_count, sum = 0;

    *cut = (dcnn_cut){.row_count = 2 + below(a, 2), .divisor = 2 + below(a, 3)};
    for (int k = 0; k < cut->row_count; k++) {
        bool chain = k == 0 && below(a, 4) == 0, again = true;
        while (again) {
            cut->rows[k] = chain ? below(a, chains) : chains + draw_count_row(a);
            again = false;
            for (int before = 0; before < k; before++) again = again || cut->rows[before] == cut->rows[k];
        }
        cut->weights[k] = 1 + below(a, cut->divisor - 1);
        sum += cut->weights[k] * (chain ? 1 : (int)core->rows->rows[cut->rows[k] - chains].capacity);
    }
    cut->limit = sum / cut->divisor;
}

/* Some cuts two times out of three, with prices of the size of the others or less. */
static bool draw_cuts(arena *a)
{
    dcnn_core *core = a->core;
    size_t rows = (size_t)core->rows->row_count;
    double scale = (double)core->problem->worst / (double)dcnn_problem_flats(core->problem), *price;
    int counts = 0;

    for (size_t r = 0; r < rows; r++) counts += core->rows->rows[r].kind == DCNN_ROW_COUNT;
    if (counts < 3 || below(a, 3) == 0) return true;
    core->cuts = dcnn_take(1, sizeof *core->cuts);
    if (!core->cuts) return false;
    core->cuts->count = 1 + below(a, CUTS_MAX);
    price = dcnn_resize(a->price, dcnn_core_price_count(core), sizeof *price);
    if (!price) return false;
    a->price = price;
    for (int c = 0; c < core->cuts->count; c++) {
        draw_cut(a, &core->cuts->cuts[c]);
        price[rows + (size_t)c] = below(a, 3) > 0 ? dcnn_rng_unit(&a->rng) * scale / (1 << below(a, 6)) : 0;
    }
    return true;
}

static dcnn_tick charge_of(const dcnn_core *core, int u, const int *flats)
{
    dcnn_tick sum = 0;

    for (int k = 0; core->cuts && k < core->cuts->count; k++)
        sum += core->cuts->charge[k] * dcnn_cut_coefficient(core, &core->cuts->cuts[k], u, flats);
    return sum;
}

/* The columns' priced costs, and the cheapest of each CNN. */
static bool price_columns(arena *a)
{
    dcnn_core *core = a->core;
    dcnn_tick constant;
    dcnn_status status = DCNN_OK;

    if (dcnn_view_new(&a->view, core, core->allowed, NULL)) return false;
    (void)dcnn_view_price(a->view, core, a->price, &constant);
    a->here = -constant;
    for (int u = 0; u < core->problem->chain_count; u++) {
        (void)dcnn_view_sharpen(a->view, u, &status, NULL);
        a->view->least[u] = dcnn_tick_never;
        for (int k = 0; k < a->column_count[u]; k++) {
            column *c = &a->columns[u][k];
            c->priced = c->cost;
            for (int j = 0; j < core->problem->chains[u]->layer_count; j++) c->priced += core->penalty[u][c->flats[j]];
            c->charged = charge_of(core, u, c->flats);
            if (c->priced + c->charged < a->view->least[u]) a->view->least[u] = c->priced + c->charged;
        }
        a->here += a->view->least[u];
    }
    return !status;
}

/* Less than the best placement costs, about as much, more, or more than any costs; here at least. */
static dcnn_tick draw_target(arena *a)
{
    dcnn_tick top = a->core->cutoff, best = a->best < top ? a->best : top, target = top;
    uint64_t spare = best > a->here ? (uint64_t)(best - a->here) : 0; /* none where prices leave no placement */
    int sort = below(a, 4);

    if (sort == 0) target = a->here + (dcnn_tick)dcnn_rng_below(&a->rng, spare + 1);
    if (sort == 1) target = best - 1 + below(a, 3);
    if (sort == 2) target = best + (dcnn_tick)dcnn_rng_below(&a->rng, spare / 2 + 1);
    return target > a->here ? target : a->here;
}

static bool arena_open(arena *a, uint64_t seed, bool all_rows, dcnn_buf *complaint)
{
    static dcnn_options options;
    dcnn_task task = {.options = &options};
    dcnn_problem *problem;
    bool columns = true;

    memset(a, 0, sizeof *a);
    dcnn_options_init(&options);
    dcnn_rng_seed(&a->rng, seed);
    task.list_max = 4 + below(a, 37);
    task.contest_steps = 1 << 20;
    task.pricing_labels = 100000;
    if (!draw_scenario(a, seed, complaint)) return false;
    if (dcnn_instance_new(&a->instance, a->tiny.scenario, NULL) || dcnn_problem_new(&problem, a->instance, NULL) ||
        dcnn_core_new(&a->core, problem, &task, NULL)) {
        dcnn_buf_text(complaint, "no core\n");
        return false;
    }
    list_all(a);
    if (!draw_prices(a, all_rows) || !draw_cuts(a)) dcnn_buf_text(complaint, "no prices\n");
    for (int u = 0; u < a->core->problem->chain_count; u++) columns = columns && a->column_count[u] > 0;
    if (columns && !price_columns(a)) dcnn_buf_text(complaint, "no view\n");
    if (a->view) a->target = draw_target(a);
    a->provable = below(a, 3) == 0;
    return complaint->size == 0;
}

static void arena_close(arena *a, dcnn_buf *complaint)
{
    tiny_case_explain(&a->tiny, complaint);
    free(a->price);
    dcnn_view_free(a->view);
    dcnn_core_free(a->core);
    dcnn_instance_free(a->instance);
    tiny_case_close(&a->tiny);
}

/* --- contests --- */

typedef void (*check_fn)(const arena *a, dcnn_contest *contest, dcnn_buf *complaint);

/* Checks the contest as often as it gets sharper; how often that was. */
static int sharpen_and_check(const arena *a, dcnn_contest *contest, check_fn check, dcnn_buf *complaint)
{
    bool sharper = true;
    int times = 0;

    while (complaint->size == 0 && !dcnn_contest_is_sharp(contest)) {
        if (dcnn_contest_sharpen(contest, a->view, &sharper, NULL)) dcnn_buf_text(complaint, "no memory\n");
        if (!sharper || complaint->size > 0) break;
        check(a, contest, complaint);
        if (++times > UNITS_MAX) dcnn_buf_text(complaint, "sharper without end\n");
    }
    return times;
}

/* Contests once read the penalties of whoever had priced last, and proved what was not: that is not theirs to read. */
static void spoil_penalties(const arena *a)
{
    for (int u = 0; u < a->core->problem->chain_count; u++)
        memset(a->core->penalty[u], 0, (size_t)a->core->problem->chains[u]->size * sizeof *a->core->penalty[u]);
}

static int contend(const arena *a, check_fn check, dcnn_buf *complaint)
{
    dcnn_contest_task task = {.price = a->price, .here = a->here, .target = a->target, .provable = a->provable};
    dcnn_contest *contest;
    int times = 0;

    if (!a->view) return 0;
    spoil_penalties(a);
    if (dcnn_contest_new(&contest, a->core, a->view, &task, NULL))
        dcnn_buf_text(complaint, "no contest\n");
    else
        times = sharpen_and_check(a, contest, check, complaint);
    dcnn_contest_free(contest);
    return times;
}

static void try_seed(uint64_t seed, bool all_rows, check_fn check, dcnn_buf *complaint)
{
    static arena a;

    if (arena_open(&a, seed, all_rows, complaint)) (void)contend(&a, check, complaint);
    arena_close(&a, complaint);
}

static dcnn_tick least_to_find(const arena *a)
{
    return a->best < a->target ? a->best : a->target;
}

/* --- the bound --- */

static void check_bound(const arena *a, dcnn_contest *contest, dcnn_buf *complaint)
{
    dcnn_tick bound = dcnn_contest_bound(contest);

    if (a->core->has_best && a->core->best_cost < a->best) dcnn_buf_text(complaint, "found what there is not\n");
    if (bound > least_to_find(a))
        dcnn_buf_format(complaint, "the bound is %lld, the best costs %lld, the target is %lld\n", (long long)bound,
                        (long long)a->best, (long long)a->target);
}

static void no_placement_costs_less_than_the_bound(uint64_t seed, dcnn_buf *complaint)
{
    try_seed(seed, seed % 2 == 0, check_bound, complaint);
}

/* --- guides --- */

/* The cheapest placement that has the column. */
static dcnn_tick cheapest_with(const arena *a, int u, const column *c)
{
    const unit_set *set = &a->sets[u][c->set];

    return set->placed < dcnn_tick_never ? set->placed + c->cost - a->columns[u][set->cheapest].cost : dcnn_tick_never;
}

/* Flat of the view for one of the root chain; -1 = not there. */
static int view_flat(const dcnn_chain *view, int j, int origin)
{
    for (int x = view->first[j]; x < view->first[j + 1]; x++)
        if (view->origin[x] == origin) return x;
    return -1;
}

/* After each layer of the column, what it has paid and what the guide says is left come to no more than what the
 * cheapest placement with it leaves. */
static void check_column(const arena *a, int u, const column *c, const dcnn_footprints *guide, dcnn_buf *complaint)
{
    const dcnn_chain *chain = a->core->problem->chains[u], *view = a->view->chains[u];
    dcnn_tick spare = a->view->least[u] + cheapest_with(a, u, c) - a->here, paid = 0;
    dcnn_takes taken = {{0}};
    int run = 0;

    for (int j = 0; j < chain->layer_count; j++) {
        int x = view_flat(view, j, c->flats[j]);
        if (x < 0) dcnn_buf_text(complaint, "the view lacks a candidate\n");
        if (x < 0) return;
        paid += a->view->dp[u].own[x];
        run = j > 0 && c->units[j] == c->units[j - 1] ? run + 1 : 1;
        if (j > 0 && run == 1)
            paid += chain->cost.move[j - 1][(c->flats[j - 1] - chain->first[j - 1]) * dcnn_slots(chain, j) +
                                            c->flats[j] - chain->first[j]];
        taken = dcnn_footprints_with(guide, taken, x);
        if (dcnn_footprints_rest(guide, x, run, taken) > spare - paid)
            dcnn_buf_format(complaint, "after layer %d of CNN %d %lld are left, not %lld at least\n", j, u,
                            (long long)(spare - paid), (long long)dcnn_footprints_rest(guide, x, run, taken));
    }
}

static void check_guides(const arena *a, dcnn_contest *contest, dcnn_buf *complaint)
{
    for (int u = 0; u < a->core->problem->chain_count; u++) {
        const dcnn_footprints *guide = dcnn_contest_guide(contest, u);
        for (int k = 0; k < a->column_count[u] && complaint->size == 0; k++)
            if (cheapest_with(a, u, &a->columns[u][k]) < a->target)
                check_column(a, u, &a->columns[u][k], guide, complaint);
    }
}

static void guides_lead_to_what_there_is(uint64_t seed, dcnn_buf *complaint)
{
    try_seed(seed, seed % 2 == 0, check_guides, complaint);
}

/* --- all units shared out --- */

/* Nothing is left to prices, counts say what fits, no cut leaves anything unpaid, and no deadline forbids a column that
 * costs little. */
static bool is_exact(const arena *a, const dcnn_contest *contest)
{
    const dcnn_problem *problem = a->core->problem;
    const dcnn_stakes *stakes = dcnn_contest_stakes(contest);
    int candidates[UNITS_MAX] = {0};

    if (a->core->cuts || takes_several(a)) return false;
    for (int u = 0; u < problem->chain_count; u++) {
        const dcnn_chain *chain = problem->chains[u];
        if (chain->latency.own) return false;
        for (int x = 0; x < chain->size; x++) candidates[chain->unit[x]]++;
    }
    for (int k = 0; k < stakes->count; k++) candidates[dcnn_stakes_name(stakes, k).unit] = 0;
    for (int i = 0; i < problem->unit_count; i++)
        if (candidates[i] > 1) return false;
    return dcnn_contest_is_sharp(contest);
}

/* Rounding to steps loses one at most for each CNN and each unit. */
static void check_exact(const arena *a, dcnn_contest *contest, dcnn_buf *complaint)
{
    const dcnn_footprints *guide = dcnn_contest_guide(contest, 0);
    dcnn_tick gap = least_to_find(a) - dcnn_contest_bound(contest);
    int roundings = a->core->problem->chain_count + a->core->problem->unit_count;

    if (is_exact(a, contest) && gap > roundings * guide->stages.grain)
        dcnn_buf_format(complaint, "the bound is %lld below what there is, a step is %lld\n", (long long)gap,
                        (long long)guide->stages.grain);
}

/* Where only counts have prices: what rows of bytes charge a layer may be less than the unit is worth. */
static void the_bound_is_the_best(uint64_t seed, dcnn_buf *complaint)
{
    try_seed(seed, false, check_exact, complaint);
}

/* --- lists --- */

static bool enumerate(arena *a, bool contest, dcnn_listing *listing, dcnn_buf *complaint)
{
    *listing = (dcnn_listing){.price = a->price, .contest = contest, .bound = -dcnn_tick_never};
    if (dcnn_enumerate(a->core, a->core->allowed, listing, NULL)) dcnn_buf_text(complaint, "not enumerated\n");
    return complaint->size == 0;
}

/* As if a placement had been found before: none, the best, or one that is dearer. */
static void cut_off(arena *a)
{
    dcnn_core *core = a->core;
    dcnn_tick spare_ns = (core->best_cost - a->best) / core->one_ns;
    int sort = below(a, 4);

    if (a->best == dcnn_tick_never || sort == 0) return;
    if (sort > 1) spare_ns = 1 + (dcnn_tick)dcnn_rng_below(&a->rng, (uint64_t)spare_ns / 8 + 1);
    dcnn_core_cut(core, a->best + (sort > 1 ? spare_ns * core->one_ns : 0));
}

/* findable: the best placement is an improvement. */
static void check_listing(const arena *a, const dcnn_listing *listing, bool findable, dcnn_buf *complaint)
{
    const dcnn_core *core = a->core;
    bool found = core->has_best && core->best_cost == a->best;

    if (core->has_best && (!findable || core->best_cost < a->best || dcnn_load_cost(&core->best) != core->best_cost))
        dcnn_buf_format(complaint, "found %lld, the best is %lld\n", (long long)core->best_cost, (long long)a->best);
    if (listing->bound > a->best)
        dcnn_buf_format(complaint, "the bound is %lld, the best is %lld\n", (long long)listing->bound,
                        (long long)a->best);
    if (listing->done && findable && !found)
        dcnn_buf_format(complaint, "settled without the best, which is %lld\n", (long long)a->best);
}

static void lists_with_contests_hold_the_best(uint64_t seed, dcnn_buf *complaint)
{
    static arena a;
    dcnn_listing listing;

    if (arena_open(&a, seed, seed % 2 == 0, complaint)) {
        bool findable;
        cut_off(&a);
        findable = a.best < a.core->cutoff;
        if (enumerate(&a, true, &listing, complaint)) check_listing(&a, &listing, findable, complaint);
    }
    arena_close(&a, complaint);
}

/* --- what is checked above occurs --- */

static const char *const sort_names[SORTS] = {"contests",
                                              "contests that get sharper twice",
                                              "contests for all units",
                                              "targets above the best",
                                              "targets below the best",
                                              "contests without a placement",
                                              "bounds that rise",
                                              "rivals that pay",
                                              "cuts",
                                              "cuts that charge",
                                              "units for several layers",
                                              "rivals that pay for these",
                                              "placements",
                                              "lists that need a contest"};

/* Whether the guide tells of a column that is possible by itself, but not with the others. */
static bool any_pays(const arena *a, const dcnn_footprints *guide)
{
    const dcnn_chain *view = a->view->chains[0];
    int last = view->layer_count - 1;

    for (int k = 0; k < a->column_count[0]; k++) {
        const column *c = &a->columns[0][k];
        dcnn_takes taken = {{0}};
        int x = -1;
        for (int j = 0; j <= last; j++) {
            x = view_flat(view, j, c->flats[j]);
            if (x < 0) break;
            taken = dcnn_footprints_with(guide, taken, x);
        }
        if (x >= 0 && c->priced + c->charged < a->view->least[0] + a->target - a->here &&
            dcnn_footprints_rest(guide, x, 1, taken) > c->charged)
            return true;
    }
    return false;
}

static void look(const arena *a, dcnn_contest *contest, dcnn_buf *complaint)
{
    const dcnn_footprints *guide = dcnn_contest_guide(contest, 0);

    (void)complaint;
    a->found[BOUND_RISES] += dcnn_contest_bound(contest) > a->here;
    a->found[takes_several(a) ? SEVERAL_LAYERS_PAY : RIVALS_PAY] += any_pays(a, guide);
    a->found[FINDS] += a->core->has_best;
    a->found[ALL_SHARED_OUT] += is_exact(a, contest);
}

static void look_at_contest(arena *a, dcnn_buf *complaint)
{
    int times = contend(a, look, complaint);

    if (times == 0) return;
    a->found[CONTEST]++;
    a->found[CUTS] += a->core->cuts != NULL;
    a->found[SEVERAL_LAYERS] += takes_several(a);
    for (int k = 0; k < a->column_count[0]; k++)
        if (a->columns[0][k].charged > 0) {
            a->found[CUTS_CHARGE]++;
            break;
        }
    a->found[SHARPER_TWICE] += times > 1;
    a->found[TARGET_ABOVE] += a->best < a->target;
    a->found[TARGET_BELOW] += a->best > a->target && a->best < dcnn_tick_never;
    a->found[NO_PLACEMENT] += a->best == dcnn_tick_never;
}

static void look_at_lists(arena *a, dcnn_buf *complaint)
{
    dcnn_listing without, with;

    if (enumerate(a, false, &without, complaint) && !without.done && enumerate(a, true, &with, complaint))
        a->found[LISTS_NEED_IT] += with.done;
}

static void all_sorts_are_found(uint64_t seed, dcnn_buf *complaint)
{
    static arena a;
    int found[SORTS] = {0};

    for (uint64_t s = seed * SORT_SEEDS; s < (seed + 1) * SORT_SEEDS && complaint->size == 0; s++) {
        if (arena_open(&a, s, s % 2 == 0, complaint)) {
            a.found = found;
            look_at_contest(&a, complaint);
            cut_off(&a);
            look_at_lists(&a, complaint);
        }
        arena_close(&a, complaint);
    }
    for (int sort = 0; sort < SORTS; sort++)
        if (found[sort] < (sort == CONTEST ? SORT_SEEDS / 2 : 1))
            dcnn_buf_format(complaint, "found only %d: %s\n", found[sort], sort_names[sort]);
}

int main(int argc, char **argv)
{
    static const property properties[] = {
        {"no placement costs less than the bound", no_placement_costs_less_than_the_bound, 100},
        {"guides lead to what there is", guides_lead_to_what_there_is, 100},
        {"all units shared out, the bound is the best", the_bound_is_the_best, 100},
        {"lists with contests hold the best", lists_with_contests_hold_the_best, 100},
        {"all sorts are found", all_sorts_are_found, 1}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
