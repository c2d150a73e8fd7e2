#include "solve/master_cuts.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CUTS_A_ROUND = 30 };
_Static_assert(DCNN_CUT_DIVISOR_MAX < 128, "a remainder is less than its divisor and takes seven bits");
static const dcnn_tick charges_max = (dcnn_tick)1 << 56; /* of all cuts together, and more than is ever of use */

/* --- finding --- */

/* The master's columns with a value, as if they were listed. False when memory is out. */
static bool read_support(const dcnn_core *core, dcnn_listed_column **columns, dcnn_support **support, int *count)
{
    const double *values = dcnn_lp_values(core->master);
    int all = dcnn_lp_column_count(core->master);

    *count = 0;
    *columns = dcnn_take((size_t)all, sizeof **columns);
    *support = dcnn_take((size_t)all, sizeof **support);
    if (!*columns || !*support) return false;
    for (int k = core->problem->chain_count; k < all; k++) {
        const dcnn_column *column = &core->store.columns[core->master_column[k]];
        if (values[k] < 1e-7) continue;
        (*columns)[*count].flats = core->store.flats + column->flats;
        (*support)[*count] = (dcnn_support){column->chain, &(*columns)[*count], values[k]};
        ++*count;
    }
    return true;
}

static bool add_row(dcnn_core *core, const dcnn_cut *cut)
{
    int all = dcnn_lp_column_count(core->master), used = 0;
    int *columns = dcnn_take((size_t)all, sizeof *columns);
    double *values = dcnn_take((size_t)all, sizeof *values);
    bool sound = columns && values;

    for (int k = core->problem->chain_count; sound && k < all; k++) {
        const dcnn_column *column = &core->store.columns[core->master_column[k]];
        int64_t amount = dcnn_cut_coefficient(core, cut, column->chain, core->store.flats + column->flats);
        if (amount == 0) continue;
        columns[used] = k;
        values[used++] = (double)amount;
    }
    if (sound) dcnn_lp_add_row(core->master, -DBL_MAX, (double)cut->limit, used, columns, values);
    free(columns);
    free(values);
    return sound;
}

dcnn_status dcnn_master_separate(dcnn_core *core, int *added, dcnn_error *err)
{
    dcnn_cut found[CUTS_A_ROUND];
    dcnn_listed_column *columns = NULL;
    dcnn_support *support = NULL;
    int count, most = CUTS_A_ROUND, cuts = -1;

    *added = 0;
    if (!core->cuts && !(core->cuts = dcnn_take(1, sizeof *core->cuts))) return dcnn_fail_memory(err);
    if (most > DCNN_MASTER_CUTS_MAX - core->cuts->count) most = DCNN_MASTER_CUTS_MAX - core->cuts->count;
    if (read_support(core, &columns, &support, &count)) cuts = dcnn_cuts_find(core, support, count, found, most);
    for (int k = 0; k < cuts; k++) {
        if (!add_row(core, &found[k])) {
            cuts = -1;
            break;
        }
        core->cuts->cuts[core->cuts->count++] = found[k];
        ++*added;
    }
    free(support);
    free(columns);
    return cuts < 0 ? dcnn_fail_memory(err) : DCNN_OK;
}

/* --- charging --- */

static int weight_of_chain(const dcnn_cut *cut, int u)
{
    for (int k = 0; k < cut->row_count; k++)
        if (cut->rows[k] == u) return cut->weights[k];
    return 0;
}

dcnn_tick dcnn_master_cuts_price(dcnn_core *core, const double *price)
{
    const double *own = price + core->rows->row_count;
    dcnn_tick constant = 0;

    for (int c = 0; core->cuts && c < core->cuts->count; c++) {
        int64_t limit = core->cuts->cuts[c].limit;
        double most = (double)(charges_max / DCNN_MASTER_CUTS_MAX / (limit > 0 ? limit : 1));
        core->cuts->charge[c] = own[c] > 0 ? (dcnn_tick)llround(fmin(own[c], most)) : 0;
        constant += core->cuts->charge[c] * limit;
    }
    return constant;
}

/* Whose amounts are read, and where the candidates stand. */
typedef struct {
    const dcnn_core *core;
    const int *place; /* [root flat] flat of the view, -1 = not there */
    int chain;
} reader;

/* Counts, or writes down, the amounts of the cut; at[x] is the next free place of candidate x. Whether there are any.
 */
static bool take_amounts(const reader *r, const dcnn_cut *cut, int index, int *at, dcnn_cut_amount *amounts)
{
    const dcnn_coupling *rows = r->core->rows;
    int chains = r->core->problem->chain_count;
    bool any = false;

    for (int k = 0; k < cut->row_count; k++) {
        const dcnn_row *row;
        if (cut->rows[k] < chains) continue;
        row = &rows->rows[cut->rows[k] - chains];
        for (int item = row->first; item < row->first + row->count; item++) {
            const dcnn_row_item *i = &rows->items[item];
            int x = i->chain == r->chain ? r->place[i->flat] : -1;
            if (x < 0) continue;
            if (amounts) amounts[at[x]] = (dcnn_cut_amount){index, cut->weights[k] * i->coefficient};
            at[x]++;
            any = true;
        }
    }
    return any;
}

static bool fill(const dcnn_core *core, const reader *r, const dcnn_chain *view, int *at, dcnn_surcharge *s)
{
    const struct dcnn_master_cuts *cuts = core->cuts;
    size_t size = (size_t)view->size;

    memset(at, 0, (size_t)view->size * sizeof *at);
    s->count = 0;
    for (int c = 0; c < cuts->count; c++)
        if (cuts->charge[c] > 0 && take_amounts(r, &cuts->cuts[c], 0, at, NULL)) s->count++;
    s->bytes = ((size_t)s->count + 7) / 8 * 8;
    if (!dcnn_grow((void **)&s->first, &s->first_room, size + 1, sizeof *s->first)) return false;
    if (!dcnn_grow((void **)&s->price, &s->price_room, (size_t)s->count, sizeof *s->price)) return false;
    if (!dcnn_grow((void **)&s->divisor, &s->divisor_room, (size_t)s->count, sizeof *s->divisor)) return false;
    if (!dcnn_grow((void **)&s->start, &s->start_room, s->bytes, sizeof *s->start)) return false;
    s->first[0] = 0;
    for (size_t x = 0; x < size; x++) {
        s->first[x + 1] = s->first[x] + at[x];
        at[x] = s->first[x];
    }
    if (!dcnn_grow((void **)&s->amounts, &s->amount_room, (size_t)s->first[size], sizeof *s->amounts)) return false;
    if (s->bytes > 0) memset(s->start, 0, s->bytes);
    for (int c = 0, index = 0; c < cuts->count; c++) {
        if (cuts->charge[c] == 0 || !take_amounts(r, &cuts->cuts[c], index, at, s->amounts)) continue;
        s->price[index] = cuts->charge[c];
        s->divisor[index] = cuts->cuts[c].divisor;
        s->start[index] = (uint8_t)weight_of_chain(&cuts->cuts[c], r->chain);
        index++;
    }
    return true;
}

bool dcnn_master_cuts_surcharge(const dcnn_core *core, int u, const dcnn_chain *view, dcnn_surcharge *s,
                                const dcnn_surcharge **charged)
{
    size_t size = (size_t)core->problem->chains[u]->size;
    int *place, *at;
    bool sound;

    *charged = NULL;
    if (!core->cuts || core->cuts->count == 0) return true;
    place = dcnn_take(size, sizeof *place);
    at = dcnn_take(size, sizeof *at);
    sound = place && at;
    for (size_t x = 0; sound && x < size; x++) place[x] = -1;
    for (int x = 0; sound && x < view->size; x++) place[view->origin[x]] = x;
    sound = sound && fill(core, &(reader){core, place, u}, view, at, s);
    free(at);
    free(place);
    if (sound && s->count > 0) *charged = s;
    return sound;
}
