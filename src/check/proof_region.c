/* proof_region.c - one step of prices where units are too many for tables. CNN by CNN, waves run forward over the
 * network, layer after layer, as far as a chain can go that costs less than a limit; then backward through what was
 * met. The cheapest computation of each layer that is still to come ends them early. */
#include "proof_region.h"
#include <stdlib.h>
#include <string.h>

static const int64_t kept_bytes_max = (int64_t)1 << 28, cells_max = 20000000;

/* What a layer costs on every unit, its messages aside: the same for all CNNs that have such a layer. */
typedef struct {
    double scale;
    int64_t ops, memory_bytes;
    int64_t *ticks; /* [unit_count] far where it does not fit */
    int64_t least;
} profile;

/* A layer of the CNN at hand; figures of all units, far between CNNs. */
typedef struct {
    profile own;
    int64_t *decision; /* [unit_count] ticks of what is decided after it; -1 = not known */
    int *decided;      /* [unit_count] units where that is known */
    int decided_count;
    int decision_message;
    bool decides;          /* that costs something */
    int64_t *before, *end; /* [unit_count] the least of a run that begins here, until then; of one that ends here */
    int64_t *after, *rest; /* [unit_count] the same from there to the end of the chain */
    int *starts, *ends;    /* [unit_count] units with `before`, with `end` */
    int start_count, end_count;
    bool *used;        /* [unit_count] a chain below the limit runs through it */
    int64_t from_here; /* least computation of this layer and all that follow */
} stage;

typedef struct {
    dcnn_proof_check *p;
    const dcnn_price_set *set;
    dcnn_proof_wave wave;
    stage *stages; /* [longest CNN] */
    int longest;
    profile *profiles;
    size_t profile_count, profile_room;
    profile *own; /* [longest CNN] of those that are not kept */
    int *lists;   /* [unit_count] */
} region;

static int longest_cnn(const dcnn_scenario *s)
{
    int longest = 0;

    for (int c = 0; c < s->cnn_count; c++)
        if (s->cnns[c].layer_count > longest) longest = s->cnns[c].layer_count;
    return longest;
}

bool dcnn_proof_region_serves(const dcnn_proof_check *p)
{
    const dcnn_scenario *s = p->scenario;

    return s->network.kind != DCNN_NETWORK_HOPS && s->shared_group_count == 0 &&
           (int64_t)longest_cnn(s) * s->unit_count <= cells_max;
}

/* --- work space --- */

static int64_t *take_far(int count)
{
    int64_t *list = dcnn_take((size_t)count, sizeof *list);

    for (int i = 0; i < count && list; i++) list[i] = DCNN_PROOF_FAR;
    return list;
}

static bool init_stage(stage *s, int unit_count)
{
    s->decision = take_far(unit_count);
    s->decided = dcnn_take((size_t)unit_count, sizeof *s->decided);
    s->before = take_far(unit_count);
    s->end = take_far(unit_count);
    s->after = take_far(unit_count);
    s->rest = take_far(unit_count);
    s->starts = dcnn_take((size_t)unit_count, sizeof *s->starts);
    s->ends = dcnn_take((size_t)unit_count, sizeof *s->ends);
    s->used = dcnn_take((size_t)unit_count, sizeof *s->used);
    for (int i = 0; i < unit_count && s->decision; i++) s->decision[i] = -1;
    return s->decision && s->decided && s->before && s->end && s->after && s->rest && s->starts && s->ends && s->used;
}

static bool init(region *r, dcnn_proof_check *p, const dcnn_price_set *set)
{
    int unit_count = p->scenario->unit_count;
    bool done;

    *r = (region){.p = p, .set = set, .longest = longest_cnn(p->scenario)};
    r->stages = dcnn_take((size_t)r->longest, sizeof *r->stages);
    r->own = dcnn_take((size_t)r->longest, sizeof *r->own);
    r->lists = dcnn_take((size_t)unit_count, sizeof *r->lists);
    done = dcnn_proof_wave_init(&r->wave, p->scenario->place_count) && r->stages && r->own && r->lists;
    for (int j = 0; j < r->longest && done; j++) done = init_stage(&r->stages[j], unit_count);
    return done;
}

static void clear(region *r)
{
    for (int j = 0; j < r->longest && r->stages; j++) {
        stage *s = &r->stages[j];
        free(s->decision);
        free(s->decided);
        free(s->before);
        free(s->end);
        free(s->after);
        free(s->rest);
        free(s->starts);
        free(s->ends);
        free(s->used);
    }
    for (size_t k = 0; k < r->profile_count; k++) free(r->profiles[k].ticks);
    for (int j = 0; j < r->longest && r->own; j++) free(r->own[j].ticks);
    dcnn_proof_wave_clear(&r->wave);
    free(r->stages);
    free(r->profiles);
    free(r->own);
    free(r->lists);
}

/* --- what layers cost on units --- */

static void fill_profile(region *r, const dcnn_proof_layer *layer, profile *own)
{
    const dcnn_scenario *s = r->p->scenario;

    own->least = DCNN_PROOF_FAR;
    for (int i = 0; i < s->unit_count; i++) {
        int64_t ns = dcnn_check_ns(own->scale, (double)own->ops / s->units[i].ops_per_s);
        own->ticks[i] = DCNN_PROOF_FAR;
        if (own->memory_bytes > s->units[i].memory_bytes || own->ops > s->units[i].ops_budget) continue;
        own->ticks[i] = dcnn_proof_clamp(dcnn_proof_ticks(r->p, ns) + dcnn_proof_charged(r->p, r->set, layer, i));
        if (own->ticks[i] < own->least) own->least = own->ticks[i];
    }
    r->p->work_left -= 20 * (int64_t)s->unit_count;
}

static const profile *find_profile(const region *r, const profile *like)
{
    for (size_t k = 0; k < r->profile_count; k++) {
        const profile *own = &r->profiles[k];
        if (own->scale == like->scale && own->ops == like->ops && own->memory_bytes == like->memory_bytes) return own;
    }
    return NULL;
}

/* The profile of a layer, kept where there is room for it; false when memory is out. */
static bool find_own(region *r, const dcnn_proof_layer *layer, profile *own)
{
    const dcnn_cnn *cnn = &r->p->scenario->cnns[layer->cnn];
    size_t unit_count = (size_t)r->p->scenario->unit_count;
    profile like = {cnn->weight * cnn->p[layer->layer], layer->ops, layer->memory_bytes, NULL, 0};
    const profile *found = find_profile(r, &like);
    bool keep = (int64_t)((r->profile_count + 1) * unit_count * sizeof *like.ticks) < kept_bytes_max;

    if (found) {
        *own = *found;
        return true;
    }
    if (!keep) like.ticks = r->own[layer->layer].ticks;
    if (!like.ticks) like.ticks = dcnn_take(unit_count, sizeof *like.ticks);
    if (!like.ticks) return false;
    fill_profile(r, layer, &like);
    if (!keep) r->own[layer->layer] = like;
    if (keep && !dcnn_reserve((void **)&r->profiles, &r->profile_room, r->profile_count, sizeof *r->profiles)) {
        free(like.ticks);
        return false;
    }
    if (keep) r->profiles[r->profile_count++] = like;
    *own = like;
    return true;
}

/* --- one CNN --- */

static int message_of(region *r, const dcnn_cnn *cnn, int to_layer)
{
    int64_t bytes = to_layer == 0 ? cnn->input_bytes : cnn->layers[to_layer - 1].output_bytes;

    return dcnn_proof_message(r->p->routes, cnn->weight * cnn->p[to_layer], bytes);
}

static void run_wave(region *r, int message, bool backward, int64_t limit)
{
    int64_t steps = dcnn_proof_wave_run(&r->wave, r->p, message, backward, limit);

    r->p->work_left -= 10 * steps + 100 * (int64_t)r->wave.met_count;
}

/* What decisions after a layer cost where runs begin; what costs limit or more is far. */
static void find_decisions(region *r, const dcnn_cnn *cnn, stage *s, const stage *begun, int64_t limit)
{
    int first = s->decided_count;

    for (int k = 0; k < begun->start_count; k++) {
        int i = begun->starts[k];
        if (s->decision[i] >= 0) continue;
        s->decision[i] = DCNN_PROOF_FAR;
        s->decided[s->decided_count++] = i;
        dcnn_proof_wave_await(&r->wave, i);
    }
    if (s->decided_count == first) return;
    dcnn_proof_wave_begin(&r->wave);
    dcnn_proof_wave_add(&r->wave, cnn->sink, 0);
    run_wave(r, s->decision_message, true, limit);
    for (int k = first; k < s->decided_count; k++) {
        int i = s->decided[k];
        if (!r->wave.awaited[i]) s->decision[i] = r->wave.crests[i].cost;
        r->wave.awaited[i] = false;
    }
    r->wave.awaited_count = 0;
}

static int64_t own_at(const stage *s, int unit)
{
    return s->decides ? dcnn_proof_clamp(s->own.ticks[unit] + s->decision[unit]) : s->own.ticks[unit];
}

static void forget_cnn(region *r, int layer_count)
{
    for (int j = 0; j < layer_count; j++) {
        stage *s = &r->stages[j];
        for (int k = 0; k < s->start_count; k++) s->before[s->starts[k]] = s->rest[s->starts[k]] = DCNN_PROOF_FAR;
        for (int k = 0; k < s->end_count; k++) s->end[s->ends[k]] = s->after[s->ends[k]] = DCNN_PROOF_FAR;
        for (int k = 0; k < s->decided_count; k++) s->decision[s->decided[k]] = -1;
        s->start_count = s->end_count = s->decided_count = 0;
    }
}

/* Gets ready for chains of CNN c; false when memory is out. */
static bool begin_cnn(region *r, int c)
{
    const dcnn_cnn *cnn = &r->p->scenario->cnns[c];
    int64_t from_here = 0, bytes = cnn->layers[cnn->layer_count - 1].output_bytes;

    for (int j = cnn->layer_count - 1; j >= 0; j--) {
        stage *s = &r->stages[j];
        if (!find_own(r, &r->p->cnns[c].layers[j], &s->own)) return false;
        from_here = dcnn_proof_clamp(from_here + s->own.least);
        s->from_here = from_here;
        s->decides = cnn->weight * cnn->g[j] != 0;
        s->decision_message = dcnn_proof_message(r->p->routes, cnn->weight * cnn->g[j], bytes);
        if (s->decision_message < 0) return false;
    }
    return true;
}

/* --- runs: consecutive layers on one unit --- */

typedef struct {
    int layer, unit; /* the latest */
    int64_t cost;    /* of the run alone */
    dcnn_proof_load load;
} run;

/* One layer more on the unit; false when that is too much for it. */
static bool extend(const region *r, const dcnn_proof_cnn *cnn, int first, run *at)
{
    const dcnn_scenario *s = r->p->scenario;
    const dcnn_unit *unit = &s->units[at->unit];
    const dcnn_proof_load capacity = {s->layers_per_unit > 0 ? s->layers_per_unit : INT64_MAX, unit->memory_bytes,
                                      unit->ops_budget};

    if (++at->layer == cnn->layer_count) return false;
    if (!dcnn_proof_bear(&cnn->layers[at->layer], first, &capacity, &at->load)) return false;
    at->cost = dcnn_proof_clamp(at->cost + own_at(&r->stages[at->layer], at->unit));
    return at->cost < DCNN_PROOF_FAR;
}

static int64_t still_to_come(const region *r, const dcnn_proof_cnn *cnn, int after)
{
    return after + 1 < cnn->layer_count ? r->stages[after + 1].from_here : 0;
}

/* --- forward --- */

/* The runs that begin on a unit, as far as chains with them may cost less than limit. */
static void start_runs(region *r, const dcnn_proof_cnn *cnn, int j, int unit, int64_t limit)
{
    run at = {.layer = j - 1, .unit = unit};

    while (extend(r, cnn, j, &at)) {
        stage *s = &r->stages[at.layer];
        int64_t cost = dcnn_proof_clamp(r->stages[j].before[unit] + at.cost);
        if (cost + still_to_come(r, cnn, at.layer) >= limit) return; /* and so do longer ones */
        if (cost >= s->end[unit]) continue;
        if (s->end[unit] >= DCNN_PROOF_FAR) s->ends[s->end_count++] = unit;
        s->end[unit] = cost;
    }
}

/* Where the wave has come by less than limit, runs may begin. */
static void note_starts(region *r, int j, int64_t limit)
{
    stage *s = &r->stages[j];

    for (int k = 0; k < r->wave.met_count; k++) {
        int i = r->wave.met[k];
        int64_t cost;
        if (i >= r->p->scenario->unit_count) continue;
        cost = j == 0 ? r->wave.crests[i].cost : dcnn_proof_wave_from_other(&r->wave, i);
        if (cost >= limit) continue;
        s->before[i] = cost;
        s->starts[s->start_count++] = i;
    }
}

/* The least that a chain of CNN c costs, or limit where none costs less; -1 when memory is out. */
static int64_t go_forward(region *r, int c, int64_t limit)
{
    const dcnn_cnn *cnn = &r->p->scenario->cnns[c];
    const dcnn_proof_cnn *layers = &r->p->cnns[c];
    const stage *last = &r->stages[cnn->layer_count - 1];
    int64_t least = limit;

    for (int j = 0; j < cnn->layer_count; j++) {
        int64_t until = limit - r->stages[j].from_here;
        int message = message_of(r, cnn, j);
        if (message < 0) return -1;
        dcnn_proof_wave_begin(&r->wave);
        if (j == 0) dcnn_proof_wave_add(&r->wave, cnn->source, 0);
        for (int k = 0; j > 0 && k < r->stages[j - 1].end_count; k++)
            dcnn_proof_wave_add(&r->wave, r->stages[j - 1].ends[k], r->stages[j - 1].end[r->stages[j - 1].ends[k]]);
        run_wave(r, message, false, until);
        note_starts(r, j, until);
        for (int e = j; e < cnn->layer_count; e++)
            if (r->stages[e].decides)
                find_decisions(r, cnn, &r->stages[e], &r->stages[j], limit - r->stages[0].from_here);
        if (r->wave.lost) return -1;
        for (int k = 0; k < r->stages[j].start_count; k++) start_runs(r, layers, j, r->stages[j].starts[k], limit);
    }
    for (int k = 0; k < last->end_count; k++)
        if (last->end[last->ends[k]] < least) least = last->end[last->ends[k]];
    return least;
}

/* --- backward, through what was met --- */

static void finish_runs(region *r, const dcnn_proof_cnn *cnn, int j, int unit)
{
    run at = {.layer = j - 1, .unit = unit};
    int64_t best = DCNN_PROOF_FAR;

    while (extend(r, cnn, j, &at)) {
        int64_t cost = at.cost + r->stages[at.layer].after[unit];
        if (cost < best) best = cost;
    }
    r->stages[j].rest[unit] = best;
}

/* What comes after the runs that end with layer j; false when memory is out. */
static bool go_back(region *r, const dcnn_cnn *cnn, int j, int64_t limit)
{
    stage *s = &r->stages[j], *next = s + 1;
    int64_t least = DCNN_PROOF_FAR;
    int message = message_of(r, cnn, j + 1);

    if (message < 0) return false;
    for (int k = 0; k < s->end_count; k++)
        if (s->end[s->ends[k]] < least) least = s->end[s->ends[k]];
    if (least >= limit) return true;
    dcnn_proof_wave_begin(&r->wave);
    for (int k = 0; k < next->start_count; k++)
        dcnn_proof_wave_add(&r->wave, next->starts[k], next->rest[next->starts[k]]);
    run_wave(r, message, true, limit - least);
    for (int k = 0; k < s->end_count; k++) {
        int64_t cost = dcnn_proof_wave_from_other(&r->wave, s->ends[k]);
        if (cost < limit - least) s->after[s->ends[k]] = cost;
    }
    return !r->wave.lost;
}

/* Marks the units of chains that cost less than limit, through runs that begin on a unit. */
static void mark_runs(region *r, const dcnn_proof_cnn *cnn, int j, int unit, int64_t limit)
{
    run at = {.layer = j - 1, .unit = unit};
    int end = j - 1;

    while (extend(r, cnn, j, &at)) {
        int64_t cost = dcnn_proof_clamp(r->stages[j].before[unit] + at.cost);
        if (cost + r->stages[at.layer].after[unit] < limit) end = at.layer;
    }
    for (int k = j; k <= end; k++) r->stages[k].used[unit] = true;
}

static bool find_used(region *r, int c, int64_t limit)
{
    const dcnn_cnn *cnn = &r->p->scenario->cnns[c];
    const dcnn_proof_cnn *layers = &r->p->cnns[c];

    for (int j = cnn->layer_count - 1; j >= 0; j--) {
        stage *s = &r->stages[j];
        for (int k = 0; k < s->end_count && j == cnn->layer_count - 1; k++) s->after[s->ends[k]] = 0;
        if (j < cnn->layer_count - 1 && !go_back(r, cnn, j, limit)) return false;
        for (int k = 0; k < s->start_count; k++) finish_runs(r, layers, j, s->starts[k]);
    }
    for (int j = 0; j < cnn->layer_count; j++)
        for (int k = 0; k < r->stages[j].start_count; k++) mark_runs(r, layers, j, r->stages[j].starts[k], limit);
    return true;
}

/* --- lists of units --- */

static int by_number(const void *a, const void *b)
{
    const int *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The units used become the candidates of the layers of CNN c. */
static bool list_used(region *r, int c)
{
    for (int j = 0; j < r->p->cnns[c].layer_count; j++) {
        dcnn_proof_layer *layer = &r->p->cnns[c].layers[j];
        stage *s = &r->stages[j];
        int count = 0;
        /* a run may cover units where none begins; runs end wherever they go */
        for (int k = 0; k < s->end_count; k++)
            if (s->used[s->ends[k]]) r->lists[count++] = s->ends[k];
        for (int k = 0; k < count; k++) s->used[r->lists[k]] = false;
        qsort(r->lists, (size_t)count, sizeof *r->lists, by_number);
        layer->unit = dcnn_pool_take(r->p->base, (size_t)count, sizeof *layer->unit);
        if (!layer->unit) return false;
        memcpy(layer->unit, r->lists, (size_t)count * sizeof *r->lists);
        layer->count = count;
    }
    return true;
}

/* --- the step --- */

/* The least of a chain below limit, or limit. */
static dcnn_case find_least(region *r, int c, int64_t limit, int64_t *least)
{
    bool begun = begin_cnn(r, c);

    *least = begun ? go_forward(r, c, limit) : -1;
    forget_cnn(r, r->p->cnns[c].layer_count);
    if (*least < 0) return dcnn_proof_lost(r->p);
    return dcnn_proof_work(r->p, 1) ? DCNN_CASE_OPEN : dcnn_proof_too_long(r->p);
}

/* Without a floor: further and further. */
static dcnn_case search_least(region *r, int c, int64_t *least)
{
    int64_t limit, more;
    dcnn_case state;

    if (!begin_cnn(r, c)) return dcnn_proof_lost(r->p);
    limit = r->stages[0].from_here;
    for (more = limit / 128 + 1;; more *= 2) {
        if (limit >= DCNN_PROOF_FAR) {
            *least = DCNN_PROOF_FAR;
            return DCNN_CASE_OPEN;
        }
        limit = dcnn_proof_clamp(limit + more);
        if ((state = find_least(r, c, limit, least)) || *least < limit) return state;
    }
}

static dcnn_case find_candidates(region *r, int c, int64_t limit)
{
    bool done = begin_cnn(r, c) && go_forward(r, c, limit) >= 0 && find_used(r, c, limit) && list_used(r, c);

    forget_cnn(r, r->p->cnns[c].layer_count);
    if (!done) return dcnn_proof_lost(r->p);
    return dcnn_proof_work(r->p, 1) ? DCNN_CASE_OPEN : dcnn_proof_too_long(r->p);
}

/* A floor that chains are below may yet be one of columns: of the few candidates below it, tables can be made. */
static dcnn_case check_floor(region *r, int c, int64_t floor)
{
    dcnn_case state = find_least(r, c, floor, &r->p->cnns[c].least);

    if (state || r->p->cnns[c].least >= floor) return state;
    r->p->cnns[c].least = floor;
    state = find_candidates(r, c, floor);
    return state ? state : dcnn_proof_base_floor(r->p, r->set, c, floor);
}

static dcnn_case take_step(region *r)
{
    dcnn_proof_check *p = r->p;
    dcnn_case state = dcnn_proof_list_prices(p, r->set);

    for (int c = 0; c < p->scenario->cnn_count && !state; c++)
        state = r->set->floors ? check_floor(r, c, dcnn_proof_clamp(r->set->floors[c]))
                               : search_least(r, c, &p->cnns[c].least);
    if (!state) state = dcnn_proof_bound(p);
    for (int c = 0; c < p->scenario->cnn_count && !state; c++)
        state = find_candidates(r, c, dcnn_proof_limit(p, &p->cnns[c]));
    dcnn_proof_forget_prices(p, r->set);
    return state;
}

dcnn_case dcnn_proof_region_step(dcnn_proof_check *p, const dcnn_price_set *set)
{
    region r;
    dcnn_case state = init(&r, p, set) ? take_step(&r) : dcnn_proof_lost(p);

    clear(&r);
    return state;
}
