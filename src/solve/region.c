/* Where a CNN may go: labels swept forward from its source and backward from its last layer. A chain through unit i in
 * layer j costs at least what arrives there plus what is left from there; units where that exceeds the limit are no
 * candidates, and most are never touched.
 *
 * Where units take one layer, moves lead to another unit and not straight back after one other (see rundp.h). So every
 * stop keeps two ways to it, with different units before, and two from it. A sweep brings a unit the best few ways; one
 * that would come straight back counts with what its stop's other way costs, and ways that the sweep did not keep cost
 * no less than the last it did. */
#include "solve/reach.h"
#include <stdlib.h>

/* The cheapest way to or from a stop, tolls included, its own cost excluded, and the cheapest by another unit. */
typedef struct {
    dcnn_tick best, other;
    int unit; /* next to the stop on the best way, -1 = none or of no matter */
} way;

/* A candidate under construction. */
struct dcnn_stop {
    int unit;
    dcnn_tick own, toll; /* of the layer there; own as in dcnn_costs */
    way arrive, rest;
};
typedef struct dcnn_stop stop;

typedef struct {
    dcnn_region *region;
    const dcnn_chain_data *data;
    dcnn_scout *scout;
    const dcnn_survey *survey;
    bool single;
    dcnn_tick limit;
    int *offset, *count; /* [layer] the layer's list in scout->stops */
    int used;
} surveyor;

static dcnn_tick least_of(dcnn_tick a, dcnn_tick b)
{
    return a < b ? a : b;
}

static stop *list_of(const surveyor *s, int j)
{
    return s->scout->stops + s->offset[j];
}

static dcnn_tick before_leaving(const stop *at)
{
    return at->arrive.best + at->own + at->toll;
}

static dcnn_tick from_arrival(const stop *at)
{
    return at->own + at->toll + at->rest.best;
}

static dcnn_tick through(const stop *at)
{
    dcnn_tick ways = at->arrive.best + at->rest.best;

    if (at->arrive.unit >= 0 && at->arrive.unit == at->rest.unit)
        ways = least_of(at->arrive.best + at->rest.other, at->arrive.other + at->rest.best);
    return least_of(ways + at->own + at->toll, dcnn_tick_never);
}

static bool add_start(dcnn_scout *scout, int count, int place, dcnn_tick value)
{
    if (!dcnn_reserve((void **)&scout->starts, &scout->start_room, (size_t)count, sizeof *scout->starts)) return false;
    scout->starts[count] = (dcnn_wave){value, place, place};
    return true;
}

static bool fits(const surveyor *s, int j, int unit)
{
    const dcnn_layer *layer = &s->data->cnn->layers[j];
    const dcnn_room *room = &s->survey->room[unit];

    return layer->memory_bytes <= room->memory_bytes && layer->ops <= room->ops && room->layers >= 1;
}

static dcnn_tick compute_ticks(const surveyor *s, int j, int unit)
{
    const dcnn_instance *in = s->survey->toll->instance;
    int64_t ns = dcnn_instance_compute_ns(s->data, j, &in->scenario->units[unit], true);

    return ns == DCNN_NEVER ? dcnn_tick_never : ns * ((dcnn_tick)1 << in->tick_bits);
}

/* Sends what is in scout->starts over the links. */
static bool sweep(surveyor *s, const dcnn_message *message, bool towards, int labels, int starts, dcnn_tick limit,
                  int wanted)
{
    dcnn_sweep_task task = {.message = message,
                            .towards = towards,
                            .labels = labels,
                            .starts = s->scout->starts,
                            .start_count = starts,
                            .limit = least_of(limit, dcnn_tick_never - 1),
                            .wanted_count = wanted};

    return dcnn_sweep_run(&s->scout->sweep, &task);
}

/* What the sweep brought to a unit from the stops of layer j (of the way to them, or from them). */
static way gather(const surveyor *s, int j, int unit, bool forward)
{
    const dcnn_mark *mark = &s->scout->sweep.marks[unit];
    way found = {dcnn_tick_never, dcnn_tick_never, -1};
    dcnn_tick unseen = mark->value[DCNN_LABELS_MAX - 1];

    if (!s->single) return (way){mark->value[0], mark->value[0], -1};
    for (int k = 0; k < DCNN_LABELS_MAX && mark->origin[k] >= 0; k++) {
        const stop *from = &list_of(s, j)[s->scout->index[mark->origin[k]]];
        const way *behind = forward ? &from->arrive : &from->rest;
        dcnn_tick value = mark->value[k];
        if (from->unit == unit) continue;
        if (behind->unit == unit) value = least_of(value - behind->best + behind->other, dcnn_tick_never);
        if (value < found.best) {
            found = (way){value, found.best, from->unit};
        } else if (value < found.other) {
            found.other = value;
        }
    }
    if (unseen < found.best) return (way){unseen, unseen, -1};
    found.other = least_of(found.other, unseen);
    return found;
}

static bool add_stop(surveyor *s, int j, int unit, way arrive)
{
    dcnn_tick own = compute_ticks(s, j, unit);
    dcnn_tick toll = (dcnn_tick)(s->survey->factor * (double)dcnn_toll_of(s->survey->toll, s->data, j, unit));
    dcnn_tick rest = s->region->after[j];
    dcnn_scout *scout = s->scout;

    if (arrive.best + own + toll + rest > s->limit) return true;
    if (!dcnn_reserve((void **)&scout->stops, &scout->stop_room, (size_t)s->used, sizeof *scout->stops)) return false;
    scout->stops[s->used] = (stop){unit, own, toll, arrive, {rest, rest, -1}};
    if (j == 0) { /* the way from the source is the layer's own cost */
        scout->stops[s->used].own += arrive.best;
        scout->stops[s->used].arrive = (way){0, 0, -1};
    }
    s->used++;
    s->count[j]++;
    return true;
}

static void mark_wanted(surveyor *s, int j, bool wanted)
{
    for (int k = 0; k < s->count[j]; k++) s->scout->sweep.wanted[list_of(s, j)[k].unit] = wanted;
}

/* Drops the stops of a layer that cost more than the limit at best. */
static void drop_dear(surveyor *s, int j)
{
    stop *list = list_of(s, j);
    int kept = 0;

    for (int k = 0; k < s->count[j]; k++)
        if (through(&list[k]) <= s->limit) list[kept++] = list[k];
    s->count[j] = kept;
}

/* Adds what a decision made after layer j costs on its way to the sink. */
static bool add_exits(surveyor *s, int j)
{
    const dcnn_message *exit = &s->data->exit[j];
    dcnn_tick slack = s->limit - s->region->from[0];
    bool done;

    if (exit->scale == 0 || s->count[j] == 0) return true;
    if (!add_start(s->scout, 0, s->data->sink, 0)) return false;
    mark_wanted(s, j, true);
    done = sweep(s, exit, true, 1, 1, slack, s->count[j]);
    mark_wanted(s, j, false);
    for (int k = 0; done && k < s->count[j]; k++) {
        stop *at = &list_of(s, j)[k];
        at->own += dcnn_sweep_value(&s->scout->sweep, at->unit);
    }
    drop_dear(s, j);
    return done;
}

static int labels_of(const surveyor *s)
{
    return s->single ? DCNN_LABELS_MAX : 1;
}

static bool forward_layer(surveyor *s, int j)
{
    const dcnn_sweep *found = &s->scout->sweep;
    const dcnn_message *message = j == 0 ? &s->data->input : &s->data->move[j - 1];
    int starts = 0;

    s->offset[j] = s->used;
    s->count[j] = 0;
    if (j == 0 && !add_start(s->scout, starts++, s->data->source, 0)) return false;
    for (int k = 0; j > 0 && k < s->count[j - 1]; k++) {
        const stop *at = &list_of(s, j - 1)[k];
        s->scout->index[at->unit] = k;
        if (!add_start(s->scout, starts++, at->unit, before_leaving(at))) return false;
    }
    if (!sweep(s, message, false, j > 0 ? labels_of(s) : 1, starts, s->limit - s->region->from[j], 0)) return false;
    for (int k = 0; k < found->touched_count; k++) {
        int unit = found->touched[k];
        way arrive;
        if (unit >= found->unit_count || !fits(s, j, unit)) continue;
        arrive = j > 0 ? gather(s, j - 1, unit, true) : (way){dcnn_sweep_value(found, unit), dcnn_tick_never, -1};
        if (arrive.best < dcnn_tick_never && !add_stop(s, j, unit, arrive)) return false;
    }
    return add_exits(s, j);
}

/* *least: the cheapest chain within the limit, or dcnn_tick_never. */
static bool forward(surveyor *s, dcnn_tick *least)
{
    int last = s->data->layer_count - 1;

    *least = dcnn_tick_never;
    s->used = 0;
    for (int j = 0; j <= last; j++)
        if (!forward_layer(s, j)) return false;
    for (int k = 0; k < s->count[last]; k++) *least = least_of(*least, before_leaving(&list_of(s, last)[k]));
    return true;
}

static bool backward(surveyor *s)
{
    for (int j = s->data->layer_count - 2; j >= 0; j--) {
        dcnn_tick nearest = dcnn_tick_never;
        for (int k = 0; k < s->count[j + 1]; k++) {
            const stop *at = &list_of(s, j + 1)[k];
            s->scout->index[at->unit] = k;
            if (!add_start(s->scout, k, at->unit, from_arrival(at))) return false;
        }
        for (int k = 0; k < s->count[j]; k++) nearest = least_of(nearest, before_leaving(&list_of(s, j)[k]));
        if (!sweep(s, &s->data->move[j], true, labels_of(s), s->count[j + 1], s->limit - nearest, 0)) return false;
        for (int k = 0; k < s->count[j]; k++) {
            stop *at = &list_of(s, j)[k];
            at->rest = gather(s, j + 1, at->unit, false);
        }
        drop_dear(s, j);
    }
    return true;
}

/* Widens the limit until chains come to light, then sets it to what was asked for. *reached: there are any. */
static bool find_limit(surveyor *s, bool *reached)
{
    dcnn_tick least, slack = s->region->from[0] / 128 + 1024;
    double longer;

    *reached = true;
    s->limit = s->survey->limit;
    if (s->limit < dcnn_tick_never) {
        if (!forward(s, &least)) return false;
        *reached = least < dcnn_tick_never;
        return true;
    }
    for (;; slack += slack / 2) {
        s->limit = least_of(s->region->from[0] + slack, dcnn_tick_never - 1);
        if (!forward(s, &least)) return false;
        if (least < dcnn_tick_never) break;
        if (s->limit == dcnn_tick_never - 1) {
            *reached = false;
            return true;
        }
    }
    longer = (double)least * (1 + s->survey->spare);
    s->limit = longer < (double)dcnn_tick_never ? (dcnn_tick)longer : dcnn_tick_never - 1;
    return forward(s, &least);
}

static int by_cost(const void *a, const void *b)
{
    const stop *x = a, *y = b;
    dcnn_tick cost_x = through(x), cost_y = through(y);

    if (cost_x != cost_y) return cost_x < cost_y ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

static int by_unit(const void *a, const void *b)
{
    const stop *x = a, *y = b;

    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* Keeps the best of each layer, in order of units. */
static void cut_to_width(surveyor *s)
{
    for (int j = 0; j < s->data->layer_count; j++) {
        stop *list = list_of(s, j);
        if (s->count[j] > s->survey->width) {
            qsort(list, (size_t)s->count[j], sizeof *list, by_cost);
            s->region->limit = least_of(s->region->limit, through(&list[s->survey->width]));
            s->count[j] = s->survey->width;
        }
        qsort(list, (size_t)s->count[j], sizeof *list, by_unit);
    }
}

static bool fill_moves(surveyor *s, dcnn_chain *chain, int j)
{
    const dcnn_sweep *found = &s->scout->sweep;
    dcnn_tick *cell = chain->cost.move[j], nearest = dcnn_tick_never;
    bool done = true;

    for (int k = 0; k < s->count[j + 1]; k++) nearest = least_of(nearest, from_arrival(&list_of(s, j + 1)[k]));
    mark_wanted(s, j + 1, true);
    for (int k = 0; done && k < s->count[j]; k++) {
        const stop *at = &list_of(s, j)[k];
        done = add_start(s->scout, 0, at->unit, 0) &&
               sweep(s, &s->data->move[j], false, 1, 1, s->limit - before_leaving(at) - nearest, s->count[j + 1]);
        for (int t = 0; done && t < s->count[j + 1]; t++) {
            int unit = list_of(s, j + 1)[t].unit;
            *cell++ = unit == at->unit ? dcnn_tick_never : dcnn_sweep_value(found, unit);
        }
    }
    mark_wanted(s, j + 1, false);
    return done;
}

static dcnn_chain *build_chain(surveyor *s)
{
    dcnn_chain *chain;
    int size = 0;

    for (int j = 0; j < s->data->layer_count; j++) size += s->count[j];
    chain = dcnn_chain_new(s->data, size, false);
    if (!chain) return NULL;
    chain->single = s->single;
    chain->cap = chain->deadline = dcnn_tick_never;
    size = 0;
    for (int j = 0; j < s->data->layer_count; j++) {
        chain->first[j] = size;
        for (int k = 0; k < s->count[j]; k++, size++) {
            chain->layer[size] = j;
            chain->unit[size] = list_of(s, j)[k].unit;
            chain->origin[size] = size;
            chain->cost.own[size] = list_of(s, j)[k].own;
        }
    }
    chain->first[s->data->layer_count] = size;
    if (dcnn_chain_link(chain, s->survey->room)) {
        int j = 0;
        while (j + 1 < s->data->layer_count && fill_moves(s, chain, j)) j++;
        if (j + 1 == s->data->layer_count) return chain;
    }
    dcnn_chain_free(chain);
    return NULL;
}

void dcnn_region_clear(dcnn_region *region)
{
    dcnn_chain_free(region->chain);
    dcnn_rundp_clear(&region->dp);
    free(region->from);
    free(region->after);
    free(region->flats);
    free(region->path);
    free(region->told);
    *region = (dcnn_region){0};
}

/* What the message costs on the best kind of link. */
static dcnn_tick least_hop(const dcnn_instance *in, const dcnn_message *message)
{
    int64_t least_ns = DCNN_NEVER;

    if (message->scale == 0) return 0;
    for (int k = 0; k < in->network->kind_count; k++) {
        int64_t ns = dcnn_message_link_ns(message, &in->network->kinds[k]);
        if (ns < least_ns) least_ns = ns;
    }
    return least_ns == DCNN_NEVER ? 0 : least_ns * ((dcnn_tick)1 << in->tick_bits);
}

/* No chain beats the fastest unit everywhere and, where every layer needs a unit of its own, a hop between them. */
static bool bound_rests(dcnn_region *region, const dcnn_chain_data *data, const dcnn_instance *in)
{
    const dcnn_unit *fastest = &in->scenario->units[0];

    region->from = dcnn_take((size_t)data->layer_count, sizeof *region->from);
    region->after = dcnn_take((size_t)data->layer_count, sizeof *region->after);
    region->flats = dcnn_take((size_t)data->layer_count, sizeof *region->flats);
    region->path = dcnn_take((size_t)data->layer_count, sizeof *region->path);
    if (!region->from || !region->after || !region->flats || !region->path) return false;
    for (int i = 1; i < in->unit_count; i++)
        if (in->scenario->units[i].ops_per_s > fastest->ops_per_s) fastest = &in->scenario->units[i];
    for (int j = data->layer_count - 1; j >= 0; j--) {
        int64_t ns = dcnn_instance_compute_ns(data, j, fastest, true);
        if (j + 1 < data->layer_count) region->after[j] = region->from[j + 1];
        if (j + 1 < data->layer_count && in->layers_per_unit == 1) region->after[j] += least_hop(in, &data->move[j]);
        region->from[j] = region->after[j] + (ns == DCNN_NEVER ? 0 : ns * ((dcnn_tick)1 << in->tick_bits));
    }
    return true;
}

bool dcnn_region_survey(dcnn_region *region, const dcnn_chain_data *data, dcnn_scout *scout, const dcnn_survey *survey)
{
    surveyor s = {.region = region, .data = data, .scout = scout, .survey = survey};
    bool reached, done;

    if (!region->from && !bound_rests(region, data, survey->toll->instance)) return false;
    s.single = survey->toll->instance->layers_per_unit == 1;
    s.offset = dcnn_take((size_t)data->layer_count, sizeof *s.offset);
    s.count = dcnn_take((size_t)data->layer_count, sizeof *s.count);
    dcnn_chain_free(region->chain);
    dcnn_rundp_clear(&region->dp);
    region->chain = NULL;
    region->found = false;
    done = s.offset && s.count && find_limit(&s, &reached);
    if (done && !reached) {
        region->limit = s.limit;
    } else if ((done = done && backward(&s))) {
        region->limit = s.limit;
        cut_to_width(&s);
        if (!survey->all_moves) s.limit = region->limit;
        region->chain = build_chain(&s);
        region->found = region->chain != NULL;
        done = region->found && dcnn_rundp_init(&region->dp, region->chain->size);
    }
    free(s.offset);
    free(s.count);
    return done;
}

dcnn_tick dcnn_region_price(dcnn_region *region, const dcnn_toll *toll, double factor)
{
    const dcnn_chain *chain = region->chain;
    dcnn_rundp *dp = &region->dp;

    if (!chain) return region->least = dcnn_tick_never;
    for (int x = 0; x < chain->size; x++) {
        dcnn_tick charge = dcnn_toll_of(toll, chain->data, chain->layer[x], chain->unit[x]);
        dp->own[x] = chain->cost.own[x] + (factor == 1 ? charge : (dcnn_tick)(factor * (double)charge));
    }
    region->least = dcnn_rundp_backward(dp, chain, &chain->cost);
    if (region->least < dcnn_tick_never) dcnn_rundp_trace(dp, chain, &chain->cost, region->flats);
    for (int j = 0; region->least < dcnn_tick_never && j < chain->layer_count; j++)
        region->path[j] = chain->unit[region->flats[j]];
    return region->least;
}

bool dcnn_region_trim(dcnn_region *region, const dcnn_room *room)
{
    bool *keep = dcnn_take((size_t)region->chain->size, sizeof *keep);
    dcnn_chain *part = NULL;
    dcnn_rundp dp;

    if (!keep) return false;
    dcnn_rundp_forward(&region->dp, region->chain, &region->chain->cost);
    for (int x = 0; x < region->chain->size; x++)
        keep[x] = dcnn_rundp_through(&region->dp, region->chain, x) <= region->limit;
    part = dcnn_chain_part(region->chain, keep, room);
    free(keep);
    if (!part || !dcnn_rundp_init(&dp, part->size)) {
        dcnn_chain_free(part);
        return false;
    }
    dcnn_chain_free(region->chain);
    dcnn_rundp_clear(&region->dp);
    region->chain = part;
    region->dp = dp;
    return true;
}

/* --- between ranks --- */

static bool has_path(dcnn_region *region, const dcnn_chain_data *data)
{
    if (!region->path) region->path = dcnn_take((size_t)data->layer_count, sizeof *region->path);
    return region->path != NULL;
}

void dcnn_region_carry_least(dcnn_region *region, const dcnn_chain_data *data, dcnn_parcel *parcel)
{
    dcnn_parcel_carry(parcel, &region->least, sizeof region->least);
    if (!has_path(region, data)) parcel->failed = true;
    dcnn_parcel_carry(parcel, region->path, (size_t)data->layer_count * sizeof *region->path);
}

/* Tables of a region that another rank owns are those of an earlier proof, and out of date. */
static void drop_tables(dcnn_region *region)
{
    dcnn_chain_free(region->chain);
    dcnn_rundp_clear(&region->dp);
    region->chain = NULL;
}

void dcnn_region_carry(dcnn_region *region, const dcnn_chain_data *data, dcnn_parcel *parcel)
{
    int count, *units;

    if (parcel->reading) drop_tables(region);
    (void)dcnn_region_units(region, &count);
    dcnn_parcel_carry(parcel, &count, sizeof count);
    dcnn_parcel_carry(parcel, &region->found, sizeof region->found);
    dcnn_parcel_carry(parcel, &region->limit, sizeof region->limit);
    dcnn_parcel_carry(parcel, &region->cut, sizeof region->cut);
    dcnn_region_carry_least(region, data, parcel);
    if (parcel->failed) return;
    if (parcel->reading) {
        units = dcnn_resize(region->told, (size_t)count, sizeof *units);
        if (!units) {
            parcel->failed = true;
            return;
        }
        region->told = units;
        region->told_count = count;
    }
    units = region->chain ? region->chain->unit : region->told;
    dcnn_parcel_carry(parcel, units, (size_t)count * sizeof *units);
}
