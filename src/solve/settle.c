#include "solve/master_cuts.h"
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Branch and cut over listed columns. Which columns stand in the LP is decided by pricing the list; a bound is the
 * integer Lagrangian at the LP's duals, over all columns of the list that are not struck out. */
enum {
    NODES_MAX = 400,
    CUT_ROUNDS = 60,
    CUTS_A_ROUND = 20,
    COLUMNS_A_CHAIN = 40,
    PICK_COLUMNS_PROVING = 2500,
    PICK_WORK_PROVING = 30000,
    TRIED_MAX = 8,
    PROBE_STEPS = 50
};
static const double cut_gain = 0.01; /* of the gap, which a round must gain to be followed by another */

typedef struct {
    int column;
    int64_t coefficient;
} cut_entry;

typedef struct {
    dcnn_core *core;
    const dcnn_listed *listed;
    dcnn_lp *lp;
    int total;
    const dcnn_listed_column **items; /* [total] */
    int *first;                       /* [chain_count + 1] number of each chain's first column */
    int *chain_of;                    /* [total] */
    bool *dead;                       /* [total] struck out */
    int *trail;                       /* the dead, in the order they died */
    int trail_count;
    dcnn_tick *priced; /* [total] under the prices last used */
    dcnn_tick last;    /* the bound under the prices last used, to which priced and least belong */
    dcnn_tick *least;  /* [chain] */
    int *lp_index;     /* [total] -1 = not in the LP */
    int *lp_column;    /* number of each LP column behind the artificial ones, -1 = struck out for good */
    size_t lp_room;
    double *price;    /* [rows] */
    double *work;     /* [LP rows] scratch, all 0 */
    int64_t **weight; /* [chain][root flat] scratch, all 0 */
    dcnn_cut *cuts;
    size_t cut_count, cut_room;
    cut_entry *entries; /* of all cuts, cut by cut */
    size_t entry_count, entry_room;
    size_t *entry_first; /* [cut_count + 1] */
    size_t entry_first_room;
    int64_t *charge; /* [cut_room] ticks that each cut charges under the prices last used */
    size_t charge_room;
    dcnn_cut *found;          /* [CUTS_A_ROUND] */
    dcnn_listed_proof *proof; /* NULL = none is wanted */
    int nodes;
    bool lost_memory, failed;
} settling;

static const dcnn_listed_column *column_at(const settling *s, int at)
{
    return s->items[at];
}

static double in_ns(const settling *s, double ticks)
{
    return ticks / (double)s->core->one_ns;
}

/* --- the LP --- */

static bool start_lp(settling *s)
{
    const dcnn_coupling *rows = s->core->rows;
    int chains = s->listed->chain_count, count = chains + rows->row_count;
    double *lower = dcnn_take((size_t)count, sizeof *lower), *upper = dcnn_take((size_t)count, sizeof *upper), one = 1;

    if (lower && upper) {
        for (int r = 0; r < count; r++) {
            const dcnn_row *row = r < chains ? NULL : &rows->rows[r - chains];
            upper[r] = row ? (double)row->capacity / dcnn_row_scale(row) : 1.0;
            lower[r] = !row ? 1.0 : row->kind == DCNN_ROW_SHARED ? 0.0 : -DBL_MAX;
        }
        s->lp = dcnn_lp_new(count, lower, upper);
    }
    free(lower);
    free(upper);
    for (int u = 0; s->lp && u < chains; u++) /* a chain can stay unplaced at a price no placement reaches */
        dcnn_lp_add_column(s->lp,
                           &(dcnn_lp_column){.cost = in_ns(s, (double)(s->core->problem->worst + s->core->one_ns)),
                                             .upper = DBL_MAX,
                                             .count = 1,
                                             .row = &u,
                                             .value = &one});
    return s->lp != NULL;
}

static void add_amount(double *work, int *rows, int *used, int row, double amount)
{
    if (work[row] == 0) rows[(*used)++] = row;
    work[row] += amount;
}

/* Puts a listed column into the LP. */
static bool activate(settling *s, int at)
{
    const dcnn_coupling *rows = s->core->rows;
    const dcnn_listed_column *column = column_at(s, at);
    int u = s->chain_of[at], chains = s->listed->chain_count, used = 0;
    size_t most = (size_t)(chains + rows->row_count) + s->cut_count;
    int *row = dcnn_take(most, sizeof *row);
    double *value = dcnn_take(most, sizeof *value);
    bool sound =
        row && value &&
        dcnn_reserve((void **)&s->lp_column, &s->lp_room, (size_t)dcnn_lp_column_count(s->lp), sizeof *s->lp_column);

    if (sound) {
        add_amount(s->work, row, &used, u, 1);
        for (int j = 0; j < s->core->problem->chains[u]->layer_count; j++)
            for (int k = rows->entry_first[u][column->flats[j]]; k < rows->entry_first[u][column->flats[j] + 1]; k++) {
                int item = rows->entry_item[u][k], r = rows->item_row[item];
                add_amount(s->work, row, &used, chains + r,
                           (double)rows->items[item].coefficient / dcnn_row_scale(&rows->rows[r]));
            }
        for (size_t c = 0; c < s->cut_count; c++) {
            int64_t amount = dcnn_cut_coefficient(s->core, &s->cuts[c], u, column->flats);
            if (amount > 0) add_amount(s->work, row, &used, chains + rows->row_count + (int)c, (double)amount);
        }
        for (int k = 0; k < used; k++) {
            value[k] = s->work[row[k]];
            s->work[row[k]] = 0;
        }
        s->lp_index[at] = dcnn_lp_column_count(s->lp);
        s->lp_column[s->lp_index[at]] = at;
        dcnn_lp_add_column(
            s->lp,
            &(dcnn_lp_column){
                .cost = in_ns(s, (double)column->cost), .upper = DBL_MAX, .count = used, .row = row, .value = value});
    }
    free(row);
    free(value);
    return sound;
}

/* --- pricing the list --- */

/* Prices every column at the LP's duals; returns the bound over those not struck out. */
static dcnn_tick price_list(settling *s, const double *duals)
{
    dcnn_core *core = s->core;
    int chains = s->listed->chain_count;
    dcnn_tick bound;

    for (int r = 0; r < core->rows->row_count; r++)
        s->price[r] = -duals[chains + r] * (double)core->one_ns / dcnn_row_scale(&core->rows->rows[r]);
    for (int u = 0; u < chains; u++)
        memset(core->penalty[u], 0, (size_t)core->problem->chains[u]->size * sizeof *core->penalty[u]);
    bound = -dcnn_coupling_penalties(core->rows, s->price, core->penalty);
    for (int at = 0; at < s->total; at++) {
        const dcnn_listed_column *column = column_at(s, at);
        int u = s->chain_of[at];
        if (s->dead[at]) continue;
        s->priced[at] = column->cost;
        for (int j = 0; j < core->problem->chains[u]->layer_count; j++)
            s->priced[at] += core->penalty[u][column->flats[j]];
    }
    for (size_t c = 0; c < s->cut_count; c++) {
        double sigma = -duals[chains + core->rows->row_count + (int)c] * (double)core->one_ns;
        dcnn_tick charge = s->charge[c] = sigma > 0 && sigma < 0x1p55 ? (dcnn_tick)llround(sigma) : 0;
        if (charge == 0) continue;
        bound -= charge * s->cuts[c].limit;
        for (size_t k = s->entry_first[c]; k < s->entry_first[c + 1]; k++)
            s->priced[s->entries[k].column] += charge * s->entries[k].coefficient;
    }
    for (int u = 0; u < chains; u++) {
        s->least[u] = dcnn_tick_never;
        for (int at = s->first[u]; at < s->first[u + 1]; at++)
            if (!s->dead[at] && s->priced[at] < s->least[u]) s->least[u] = s->priced[at];
        if (s->least[u] >= dcnn_tick_never) return s->last = dcnn_tick_never;
        bound += s->least[u];
    }
    return s->last = bound;
}

/* Columns the LP wants: at most COLUMNS_A_CHAIN of each chain, in the order of the list. Returns how many. */
static int activate_wanted(settling *s, const double *duals)
{
    int added = 0;

    for (int u = 0; u < s->listed->chain_count && !s->lost_memory; u++) {
        double dual = duals[u] * (double)s->core->one_ns, worst = -1e-3 * (double)s->core->one_ns;
        int here = 0;
        double wanted = ((double)s->least[u] - dual) / 2; /* the better half of what pays */
        if (wanted > worst) wanted = worst;
        for (int at = s->first[u]; at < s->first[u + 1] && here < COLUMNS_A_CHAIN; at++) {
            if (s->dead[at] || s->lp_index[at] >= 0 || (double)s->priced[at] - dual > wanted) continue;
            if (!activate(s, at)) s->lost_memory = true;
            if (s->lost_memory) break;
            here++;
        }
        added += here;
    }
    return added;
}

/* --- striking out --- */

static void kill(settling *s, int at)
{
    s->dead[at] = true;
    s->trail[s->trail_count++] = at;
    if (s->lp_index[at] >= 0) dcnn_lp_set_upper(s->lp, s->lp_index[at], 0);
}

static void revive(settling *s, int mark)
{
    while (s->trail_count > mark) {
        int at = s->trail[--s->trail_count];
        s->dead[at] = false;
        if (s->lp_index[at] >= 0) dcnn_lp_set_upper(s->lp, s->lp_index[at], DBL_MAX);
    }
}

/* Strikes out what, at the prices last used, cannot be part of an improvement. Returns how many are left. */
static int strike(settling *s)
{
    int left = 0;

    for (int at = 0; at < s->total; at++) {
        if (s->dead[at]) continue;
        if (s->last - s->least[s->chain_of[at]] + s->priced[at] >= s->core->cutoff)
            kill(s, at);
        else
            left++;
    }
    return left;
}

/* Forgets for good what is struck out; at the first node, where nothing comes back. */
static void compact(settling *s)
{
    int *place = s->trail, kept = 0;
    size_t entries = 0;

    for (int u = 0, at = 0; u < s->listed->chain_count; u++) {
        int end = s->first[u + 1];
        s->first[u] = kept;
        for (; at < end; at++) {
            int lp = s->lp_index[at];
            place[at] = s->dead[at] ? -1 : kept;
            if (lp >= 0) s->lp_column[lp] = place[at];
            if (s->dead[at]) continue;
            s->items[kept] = s->items[at];
            s->chain_of[kept] = u;
            s->priced[kept] = s->priced[at];
            s->lp_index[kept++] = lp;
        }
    }
    for (size_t c = 0, k = 0; c < s->cut_count; c++) {
        for (; k < s->entry_first[c + 1]; k++)
            if (place[s->entries[k].column] >= 0)
                s->entries[entries++] = (cut_entry){place[s->entries[k].column], s->entries[k].coefficient};
        s->entry_first[c + 1] = entries;
    }
    s->entry_count = entries;
    s->first[s->listed->chain_count] = s->total = kept;
    memset(s->dead, 0, (size_t)kept * sizeof *s->dead);
    s->trail_count = 0;
}

/* --- cuts --- */

/* Adds to, or takes from, every candidate's weight what its rows of the cut take of it. */
static void weigh(settling *s, const dcnn_cut *cut, int sign)
{
    const dcnn_coupling *rows = s->core->rows;
    int chains = s->listed->chain_count;

    for (int k = 0; k < DCNN_CUT_ROWS; k++) {
        const dcnn_row *row = cut->rows[k] < chains ? NULL : &rows->rows[cut->rows[k] - chains];
        for (int item = row ? row->first : 0; row && item < row->first + row->count; item++)
            s->weight[rows->items[item].chain][rows->items[item].flat] += sign * rows->items[item].coefficient;
        for (int x = 0; !row && x < s->core->problem->chains[cut->rows[k]]->first[1];
             x++) /* one candidate of layer 0 */
            s->weight[cut->rows[k]][x] += sign;
    }
}

/* What a column counts for in the cut that was weighed. */
static int64_t weight_of(const settling *s, int at)
{
    int u = s->chain_of[at];
    int64_t sum = 0;

    for (int j = 0; j < s->core->problem->chains[u]->layer_count; j++) sum += s->weight[u][s->items[at]->flats[j]];
    return sum / 2;
}

static bool add_cut(settling *s, const dcnn_cut *cut)
{
    int row_columns = 0;
    size_t active = (size_t)dcnn_lp_column_count(s->lp);
    int *columns = dcnn_take(active, sizeof *columns);
    double *values = dcnn_take(active, sizeof *values);
    bool sound = columns && values && dcnn_reserve((void **)&s->cuts, &s->cut_room, s->cut_count, sizeof *s->cuts) &&
                 dcnn_reserve((void **)&s->charge, &s->charge_room, s->cut_count, sizeof *s->charge) &&
                 dcnn_reserve((void **)&s->entry_first, &s->entry_first_room, s->cut_count + 1, sizeof *s->entry_first);

    weigh(s, cut, 1);
    for (int at = 0; sound && at < s->total; at++) {
        int64_t amount = weight_of(s, at);
        if (amount == 0) continue;
        sound = dcnn_reserve((void **)&s->entries, &s->entry_room, s->entry_count, sizeof *s->entries);
        if (!sound) break;
        s->entries[s->entry_count++] = (cut_entry){at, amount};
        if (s->lp_index[at] < 0) continue;
        columns[row_columns] = s->lp_index[at];
        values[row_columns++] = (double)amount;
    }
    weigh(s, cut, -1);
    if (sound) {
        double *work = dcnn_resize(
            s->work, (size_t)(s->listed->chain_count + s->core->rows->row_count) + s->cut_count + 1, sizeof *work);
        sound = work != NULL;
        if (sound) s->work = work;
    }
    if (sound) {
        s->work[(size_t)(s->listed->chain_count + s->core->rows->row_count) + s->cut_count] = 0;
        s->cuts[s->cut_count++] = *cut;
        s->entry_first[s->cut_count] = s->entry_count;
        dcnn_lp_add_row(s->lp, -DBL_MAX, (double)cut->limit, row_columns, columns, values);
    }
    free(columns);
    free(values);
    return sound;
}

/* The columns with a value in the LP; false when memory is out. */
static bool read_support(const settling *s, dcnn_support **support, int *count, bool *whole)
{
    const double *values = dcnn_lp_values(s->lp);
    int columns = dcnn_lp_column_count(s->lp), chains = s->listed->chain_count;

    *count = 0;
    *whole = true;
    *support = dcnn_take((size_t)columns, sizeof **support);
    if (!*support) return false;
    for (int k = 0; k < columns; k++) {
        if (values[k] < 1e-7) continue;
        if (k < chains || values[k] < 1 - 1e-6) *whole = false;
        if (k >= chains)
            (*support)[(*count)++] =
                (dcnn_support){s->chain_of[s->lp_column[k]], column_at(s, s->lp_column[k]), values[k]};
    }
    return true;
}

/* Returns how many cuts were added, 0 also when memory is out. */
static int separate(settling *s, const dcnn_support *support, int count)
{
    int found = dcnn_cuts_find(s->core, support, count, s->found, CUTS_A_ROUND);

    if (found < 0) s->lost_memory = true;
    for (int k = 0; k < found && !s->lost_memory; k++)
        if (!add_cut(s, &s->found[k])) s->lost_memory = true;
    return found < 0 ? 0 : found;
}

/* --- nodes --- */

static void take_placement(settling *s, const dcnn_support *support, int count)
{
    dcnn_load *trial = &s->core->trial;

    dcnn_load_reset(trial);
    for (int k = 0; k < count; k++) {
        const dcnn_support *f = &support[k];
        if (f->value < 0.5) continue;
        if (!dcnn_load_fits(trial, f->chain, f->column->units)) return;
        dcnn_load_place(trial, f->chain, f->column->units, f->column->cost);
    }
    if (dcnn_load_complete(trial)) (void)dcnn_core_improve(s->core, trial);
}

static bool stop_here(settling *s)
{
    if (!s->lost_memory && !s->failed && dcnn_core_should_stop(s->core)) s->failed = true;
    return s->lost_memory || s->failed;
}

/* Solves the LP of the node over the whole list. Returns the bound; settled when it reaches cutoff or the search ends.
 */
static dcnn_tick solve_lp(settling *s)
{
    dcnn_tick best = -dcnn_tick_never;

    for (;;) {
        dcnn_tick bound;
        if (!dcnn_lp_solve(s->lp)) {
            s->failed = true;
            return best;
        }
        bound = price_list(s, dcnn_lp_duals(s->lp));
        if (bound > best) best = bound;
        if (best >= s->core->cutoff || stop_here(s)) return best;
        if (activate_wanted(s, dcnn_lp_duals(s->lp)) == 0 || s->lost_memory) return best;
    }
}

static bool has_unit(const settling *s, int at, int unit)
{
    return column_at(s, at)->bits[unit / 64] >> (unit % 64) & 1;
}

/* A choice to branch on: chain u runs layer j (-1 = any) on the unit. */
typedef struct {
    int chain, layer, unit;
} choice;

static bool agrees(const settling *s, int at, const choice *c)
{
    if (c->layer < 0) return has_unit(s, at, c->unit);
    return column_at(s, at)->units[c->layer] == c->unit;
}

/* How much the support uses it. */
static double use_of(const dcnn_support *support, int count, const choice *c)
{
    double use = 0;

    for (int m = 0; m < count; m++) {
        const dcnn_listed_column *column = support[m].column;
        if (support[m].chain != c->chain) continue;
        if (c->layer < 0 ? (int)(column->bits[c->unit / 64] >> (c->unit % 64) & 1) : column->units[c->layer] == c->unit)
            use += support[m].value;
    }
    return use;
}

typedef struct {
    choice choice;
    double distance; /* of its use from a half */
} candidate;

static bool same_choice(const choice *a, const choice *b)
{
    return a->chain == b->chain && a->layer == b->layer && a->unit == b->unit;
}

/* Keeps the nearest to a half, in order. */
static void consider(candidate *nearest, int *count, choice c, double use)
{
    double distance = fabs(use - 0.5);
    int at = *count;

    if (distance > 0.5 - 1e-6) return;
    for (int k = 0; k < *count; k++)
        if (same_choice(&nearest[k].choice, &c)) return;
    if (at == TRIED_MAX && distance >= nearest[at - 1].distance) return;
    if (at == TRIED_MAX)
        at--;
    else
        ++*count;
    for (; at > 0 && nearest[at - 1].distance > distance; at--) nearest[at] = nearest[at - 1];
    nearest[at] = (candidate){c, distance};
}

/* The choices on what the support uses in part. Returns how many. */
static int list_choices(const settling *s, const dcnn_support *support, int count, candidate *nearest)
{
    int found = 0;

    for (int k = 0; k < count; k++) {
        int u = support[k].chain;
        if (support[k].value > 1 - 1e-6) continue;
        for (int j = 0; j < s->core->problem->chains[u]->layer_count; j++) {
            int unit = support[k].column->units[j];
            choice any = {u, -1, unit}, here = {u, j, unit};
            consider(nearest, &found, any, use_of(support, count, &any));
            if (!s->listed->exclusive) consider(nearest, &found, here, use_of(support, count, &here));
        }
    }
    return found;
}

static void apply(settling *s, const choice *c, bool yes)
{
    for (int at = 0; at < s->total; at++) {
        bool own = s->chain_of[at] == c->chain;
        if (s->dead[at]) continue;
        if (own && agrees(s, at, c) != yes) kill(s, at);
        if (!own && yes && s->listed->exclusive && has_unit(s, at, c->unit)) kill(s, at);
    }
}

/* What the linear program says of one side, in nanoseconds; over the columns it has, so it flatters. */
static double try_side(settling *s, const choice *c, bool yes)
{
    int mark = s->trail_count;
    double value;

    apply(s, c, yes);
    value = dcnn_lp_probe(s->lp, PROBE_STEPS);
    revive(s, mark);
    return value;
}

/* Strong branching (Applegate, Bixby, Chvatal, Cook 1995): of the choices nearest to a half, the one whose sides both
 * raise the bound most. */
static bool choose(settling *s, const dcnn_support *support, int count, choice *best)
{
    candidate nearest[TRIED_MAX];
    int found = list_choices(s, support, count, nearest);
    double here = dcnn_lp_objective(s->lp), most = -1;

    if (found > 0) *best = nearest[0].choice;
    if (found <= 1 || !dcnn_core_uses(s->core, DCNN_IDEA_PROBING)) return found > 0;
    for (int k = 0; k < found && !stop_here(s); k++) {
        double yes = try_side(s, &nearest[k].choice, true) - here, no = try_side(s, &nearest[k].choice, false) - here;
        double score = fmax(yes, 1e-3) * fmax(no, 1e-3);
        if (score <= most) continue;
        most = score;
        *best = nearest[k].choice;
    }
    return true;
}

static int compare_regrets(const void *a, const void *b)
{
    const dcnn_listed_column *x = a, *y = b;

    if (x->regret != y->regret) return x->regret < y->regret ? -1 : 1;
    return (x->cost > y->cost) - (x->cost < y->cost);
}

/* Combines the columns that are left; a certificate's reader must be able to do the same. */
static bool pick_rest(settling *s)
{
    int64_t work = s->proof ? PICK_WORK_PROVING : dcnn_pick_work(s->core);
    dcnn_listed rest;
    bool done = false, sound = dcnn_listed_init(&rest, s->core->problem);

    for (int at = 0; sound && at < s->total; at++) {
        dcnn_listed_chain *list = &rest.chains[s->chain_of[at]];
        if (s->dead[at]) continue;
        sound = dcnn_reserve((void **)&list->items, &list->room, list->count, sizeof *list->items);
        if (!sound) break;
        list->items[list->count] = *column_at(s, at);
        list->items[list->count++].regret = s->priced[at] - s->least[s->chain_of[at]];
    }
    for (int u = 0; sound && u < rest.chain_count; u++)
        if (rest.chains[u].count > 0)
            qsort(rest.chains[u].items, rest.chains[u].count, sizeof *rest.chains[u].items, compare_regrets);
    if (!sound || dcnn_pick(s->core, &rest, s->last, work, &done, NULL)) s->lost_memory = true;
    dcnn_listed_clear(&rest);
    return done;
}

static void explore(settling *s, int depth, int pick_below, dcnn_tick *proven);

static void branch(settling *s, const dcnn_support *support, int count, int depth, int pick_below)
{
    choice c = {0};
    dcnn_tick ignored;

    if (!choose(s, support, count, &c)) {
        s->failed = true; /* the LP's solution is whole and yet no placement: the rows are weaker than the limits */
        return;
    }
    for (int yes = 1; yes >= 0 && !stop_here(s); yes--) {
        int mark = s->trail_count;
        apply(s, &c, yes);
        explore(s, depth + 1, pick_below, &ignored);
        revive(s, mark);
    }
}

/* Keeps the prices last used for whoever wants the proof. */
static void keep_proof(settling *s)
{
    dcnn_listed_set set = {.price = s->price, .cuts = s->cuts, .charge = s->charge, .cut_count = s->cut_count};

    if (s->proof && !dcnn_listed_proof_add(s->proof, &set, (size_t)s->core->rows->row_count)) s->lost_memory = true;
}

/* One node: LP, cuts while they help, then branching; picking once fewer columns than pick_below are left. *proven is
 * the node's bound. */
static void explore(settling *s, int depth, int pick_below, dcnn_tick *proven)
{
    dcnn_tick last = -dcnn_tick_never;

    if (++s->nodes > NODES_MAX) s->failed = true;
    s->core->nodes++;
    for (int round = 0; !stop_here(s); round++) {
        dcnn_tick bound = solve_lp(s);
        dcnn_support *support;
        int count, before, left;
        bool whole, more;
        *proven = bound;
        if (bound >= s->core->cutoff) keep_proof(s);
        if (bound >= s->core->cutoff || stop_here(s)) return;
        before = s->total - s->trail_count;
        left = strike(s);
        if (s->proof && left < before) keep_proof(s);
        if (depth == 0 && left < s->total / 2) compact(s);
        if (left < pick_below && dcnn_core_uses(s->core, DCNN_IDEA_PICKING)) {
            if (pick_rest(s)) {
                keep_proof(s);
                return;
            }
            pick_below = left / 3 * 2;
        }
        if (stop_here(s)) return;
        if (!read_support(s, &support, &count, &whole)) {
            s->lost_memory = true;
            return;
        }
        if (whole) take_placement(s, support, count);
        if (bound >= s->core->cutoff) {
            free(support);
            return;
        }
        more = !whole && dcnn_core_uses(s->core, DCNN_IDEA_CUTS) && round < CUT_ROUNDS &&
               (double)(bound - last) > cut_gain * (double)(s->core->cutoff - bound) && separate(s, support, count) > 0;
        last = bound;
        if (!more && s->proof)
            s->failed = true; /* its words are for lists alone */
        else if (!more && !s->lost_memory)
            branch(s, support, count, depth, pick_below);
        free(support);
        if (!more) return;
    }
}

static bool take_arrays(settling *s)
{
    size_t chains = (size_t)s->listed->chain_count, total, rows = (size_t)s->core->rows->row_count;
    int at = 0;

    s->first = dcnn_take(chains + 1, sizeof *s->first);
    s->least = dcnn_take(chains, sizeof *s->least);
    if (!s->first || !s->least) return false;
    for (size_t u = 0; u < chains; u++) s->first[u + 1] = s->first[u] + (int)s->listed->chains[u].count;
    s->total = s->first[chains];
    total = (size_t)s->total;
    s->items = dcnn_take(total, sizeof *s->items);
    s->weight = dcnn_take(chains, sizeof *s->weight);
    s->chain_of = dcnn_take(total, sizeof *s->chain_of);
    s->dead = dcnn_take(total, sizeof *s->dead);
    s->trail = dcnn_take(total, sizeof *s->trail);
    s->priced = dcnn_take(total, sizeof *s->priced);
    s->lp_index = dcnn_take(total, sizeof *s->lp_index);
    s->price = dcnn_take(rows, sizeof *s->price);
    s->work = dcnn_take(chains + rows, sizeof *s->work);
    s->entry_first = dcnn_take(2, sizeof *s->entry_first);
    s->entry_first_room = 2;
    s->found = dcnn_take(CUTS_A_ROUND, sizeof *s->found);
    s->lp_column = dcnn_take(chains, sizeof *s->lp_column);
    s->lp_room = chains;
    for (size_t u = 0; s->weight && u < chains; u++)
        if (!(s->weight[u] = dcnn_take((size_t)s->core->problem->chains[u]->size, sizeof(int64_t)))) return false;
    if (!s->items || !s->weight || !s->chain_of || !s->dead || !s->trail || !s->priced || !s->lp_index || !s->price ||
        !s->work || !s->entry_first || !s->found || !s->lp_column)
        return false;
    for (int u = 0; u < (int)chains; u++)
        for (; at < s->first[u + 1]; at++) {
            s->items[at] = &s->listed->chains[u].items[at - s->first[u]];
            s->chain_of[at] = u;
            s->lp_index[at] = -1;
        }
    return start_lp(s);
}

static void drop_arrays(settling *s)
{
    dcnn_lp_free(s->lp);
    for (int u = 0; s->weight && u < s->listed->chain_count; u++) free(s->weight[u]);
    free(s->weight);
    free(s->items);
    free(s->first);
    free(s->chain_of);
    free(s->dead);
    free(s->trail);
    free(s->priced);
    free(s->least);
    free(s->lp_index);
    free(s->lp_column);
    free(s->price);
    free(s->work);
    free(s->cuts);
    free(s->charge);
    free(s->entries);
    free(s->entry_first);
    free(s->found);
}

dcnn_status dcnn_settle(dcnn_core *core, const dcnn_listed *listed, dcnn_tick *bound, bool *done,
                        dcnn_listed_proof *proof, dcnn_error *err)
{
    settling s = {.core = core, .listed = listed, .proof = proof};
    dcnn_tick proven = *bound;

    *done = false;
    s.lost_memory = !take_arrays(&s);
    for (int u = 0; u < listed->chain_count && !s.lost_memory; u++)
        for (int k = 0; k < COLUMNS_A_CHAIN && s.first[u] + k < s.first[u + 1] && !s.lost_memory; k++)
            if (!activate(&s, s.first[u] + k)) s.lost_memory = true;
    for (int c = 0; core->cuts && c < core->cuts->count && !s.lost_memory; c++)
        if (core->cuts->charge[c] > 0 && !add_cut(&s, &core->cuts->cuts[c])) s.lost_memory = true;
    if (!s.lost_memory) explore(&s, 0, proof ? PICK_COLUMNS_PROVING : INT_MAX, &proven);
    if (proven > *bound) *bound = proven;
    *done = !s.lost_memory && !s.failed;
    drop_arrays(&s);
    return s.lost_memory ? dcnn_fail_memory(err) : DCNN_OK;
}
