/* What no chain of a kind of CNN pays less than from a place on, whatever its source and sink: backward sweeps over the
 * whole network, from all units at once. Worth their while where CNNs are many and of few kinds: the searches for
 * candidates then leave what leads nowhere alone. */
#include "solve/reach.h"
#include "solve/workers.h"
#include <stdlib.h>
#include <string.h>

/* About as many places a CNN's candidates are otherwise looked for in. */
enum { PLACES_A_SEARCH = 2000 };

/* Equal in all that costs depend on, but for source and sink. */
static bool is_same_kind(const dcnn_chain_data *a, const dcnn_chain_data *b)
{
    if (a->layer_count != b->layer_count || a->weight != b->weight || a->cnn->input_bytes != b->cnn->input_bytes)
        return false;
    for (int j = 0; j < a->layer_count; j++) {
        const dcnn_layer *x = &a->cnn->layers[j], *y = &b->cnn->layers[j];
        if (x->memory_bytes != y->memory_bytes || x->ops != y->ops || x->output_bytes != y->output_bytes) return false;
        if (a->cnn->p[j] != b->cnn->p[j]) return false;
    }
    return true;
}

static void sort_into_kinds(dcnn_outlooks *outlooks, const dcnn_instance *in)
{
    for (int c = 0; c < in->cnn_count; c++) {
        int kind = 0;
        while (kind < outlooks->kind_count && !is_same_kind(&in->chains[c], &in->chains[outlooks->example[kind]]))
            kind++;
        outlooks->kind[c] = kind;
        if (kind == outlooks->kind_count) outlooks->example[outlooks->kind_count++] = c;
    }
}

static bool is_worthwhile(const dcnn_outlooks *outlooks, const dcnn_instance *in)
{
    double all = 0, once = 0;

    for (int c = 0; c < in->cnn_count; c++) all += in->chains[c].layer_count;
    for (int k = 0; k < outlooks->kind_count; k++) once += in->chains[outlooks->example[k]].layer_count;
    return once * in->network->place_count <= all * PLACES_A_SEARCH;
}

/* --- one kind --- */

typedef struct {
    dcnn_reach *reach;
    dcnn_outlook *outlook; /* [kind] */
    const dcnn_toll *toll; /* NULL = none */
} looking;

/* Where layer j may run, with what a chain pays from its beginning on. -1 when memory is out. */
static int list_starts(const looking *l, const dcnn_chain_data *data, int j, const dcnn_tick *leaving,
                       dcnn_scout *scout)
{
    const dcnn_instance *in = l->reach->instance;
    int count = 0;

    for (int i = 0; i < in->unit_count; i++) {
        dcnn_tick value;
        if (!dcnn_room_takes(&l->reach->problem.room[i], &data->cnn->layers[j])) continue;
        value = leaving[i] + dcnn_compute_ticks(in, data, j, i, true);
        if (l->toll) value += dcnn_toll_of(l->toll, data, j, i);
        if (value >= dcnn_tick_never) continue;
        if (!dcnn_scout_start(scout, count, scout->sweep.ground->spot[i], value)) return -1;
        count++;
    }
    return count;
}

/* The same from the end of the layer before, on each unit. Units that take one layer need another one for the next. */
static void leave(const dcnn_instance *in, const dcnn_sweep *sweep, dcnn_tick *leaving)
{
    for (int i = 0; i < in->unit_count; i++) {
        int spot = sweep->ground->spot[i];
        const dcnn_mark *mark = &sweep->marks[spot];
        leaving[i] = mark->value[in->layers_per_unit == 1 && mark->origin[0] == spot];
        if (leaving[i] > dcnn_tick_never) leaving[i] = dcnn_tick_never;
    }
}

static void look_one(void *user, int kind, int worker)
{
    looking *l = user;
    const dcnn_instance *in = l->reach->instance;
    const dcnn_chain_data *data = &in->chains[l->reach->outlooks.example[kind]];
    dcnn_scout *scout = &l->reach->scouts[worker];
    dcnn_outlook *look = &l->outlook[kind];
    size_t places = (size_t)in->network->place_count, units = (size_t)in->unit_count;
    dcnn_sweep_task task = {.towards = true, .labels = in->layers_per_unit == 1 ? 2 : 1, .limit = dcnn_tick_never - 1};

    memset(look->leaving + (size_t)(data->layer_count - 1) * units, 0, units * sizeof *look->leaving);
    for (int j = data->layer_count - 1; j >= 0; j--) {
        dcnn_tick *arriving = look->arriving + (size_t)j * places;
        task.start_count = list_starts(l, data, j, look->leaving + (size_t)j * units, scout);
        task.starts = scout->starts;
        task.message = j > 0 ? &data->move[j - 1] : &data->input;
        if (task.start_count < 0 || !dcnn_sweep_run(&scout->sweep, &task)) {
            l->reach->failed = true;
            return;
        }
        for (size_t s = 0; s < places; s++) arriving[s] = dcnn_sweep_value(&scout->sweep, (int)s);
        if (j > 0) leave(in, &scout->sweep, look->leaving + (size_t)(j - 1) * units);
    }
}

/* --- all kinds --- */

/* One block behind all kinds, which the first begins. */
static dcnn_outlook *take_outlook(const dcnn_outlooks *outlooks, const dcnn_instance *in)
{
    size_t places = (size_t)in->network->place_count, units = (size_t)in->unit_count, layers = 0;
    dcnn_outlook *outlook = dcnn_take((size_t)outlooks->kind_count, sizeof *outlook);
    dcnn_tick *ticks;

    for (int k = 0; k < outlooks->kind_count; k++) layers += (size_t)in->chains[outlooks->example[k]].layer_count;
    ticks = dcnn_take(layers * (places + units), sizeof *ticks);
    if (!outlook || !ticks) {
        free(outlook);
        free(ticks);
        return NULL;
    }
    for (int k = 0; k < outlooks->kind_count; k++) {
        layers = (size_t)in->chains[outlooks->example[k]].layer_count;
        outlook[k] = (dcnn_outlook){ticks, ticks + layers * places};
        ticks += layers * (places + units);
    }
    return outlook;
}

static void free_outlook(dcnn_outlook *outlook)
{
    if (outlook) free(outlook[0].arriving);
    free(outlook);
}

void dcnn_outlooks_clear(dcnn_outlooks *outlooks)
{
    free_outlook(outlooks->plain);
    free_outlook(outlooks->tolled);
    free(outlooks->kind);
    free(outlooks->example);
    *outlooks = (dcnn_outlooks){0};
}

bool dcnn_outlooks_init(dcnn_reach *reach)
{
    const dcnn_instance *in = reach->instance;
    dcnn_outlooks *outlooks = &reach->outlooks;
    looking l = {.reach = reach};

    outlooks->kind = dcnn_take((size_t)in->cnn_count, sizeof *outlooks->kind);
    outlooks->example = dcnn_take((size_t)in->cnn_count, sizeof *outlooks->example);
    if (!outlooks->kind || !outlooks->example) return false;
    sort_into_kinds(outlooks, in);
    if (!is_worthwhile(outlooks, in) || reach->run->options->without >> DCNN_IDEA_OUTLOOKS & 1) return true;
    outlooks->plain = take_outlook(outlooks, in);
    outlooks->tolled = take_outlook(outlooks, in);
    if (!outlooks->plain || !outlooks->tolled) return false;
    l.outlook = outlooks->plain;
    dcnn_workers_run(reach->threads, outlooks->kind_count, look_one, &l);
    return !reach->failed;
}

void dcnn_outlooks_price(dcnn_reach *reach, bool free_of_toll)
{
    dcnn_outlooks *outlooks = &reach->outlooks;
    looking l = {.reach = reach, .outlook = outlooks->tolled, .toll = &reach->toll};

    outlooks->priced = free_of_toll ? outlooks->plain : outlooks->tolled;
    if (outlooks->priced == outlooks->tolled && outlooks->tolled)
        dcnn_workers_run(reach->threads, outlooks->kind_count, look_one, &l);
}

const dcnn_outlook *dcnn_outlook_of(const dcnn_reach *reach, int c, double factor)
{
    const dcnn_outlook *outlook = factor < 1 ? reach->outlooks.plain : reach->outlooks.priced;

    return outlook ? &outlook[reach->outlooks.kind[c]] : NULL;
}
