/* Reading a placement file against its scenario: ids become indices, figures are kept as claimed. */
#include "placement_new.h"
#include "scenario/names.h"
#include "text/json.h"
#include "text/words.h"
#include "words.h"
#include <string.h>

enum { FILE_BYTES_MAX = 1 << 30 };

typedef struct {
    dcnn_json json;
    const dcnn_scenario *scenario;
    dcnn_placement *placement;
    dcnn_names names; /* places and CNNs of the scenario */
} reader;

static bool collect_names(reader *r)
{
    const dcnn_scenario *s = r->scenario;

    for (int i = 0; i < s->place_count; i++)
        if (!dcnn_names_add(&r->names, DCNN_NAMES_PLACES, s->places[i].id, i)) return false;
    for (int c = 0; c < s->cnn_count; c++)
        if (!dcnn_names_add(&r->names, DCNN_NAMES_CNNS, s->cnns[c].id, c)) return false;
    return true;
}

/* Reports that a value names nothing of that sort; always -1. */
static int unknown(reader *r, const dcnn_json_value *value, const char *what, const char *name)
{
    char quoted[DCNN_QUOTED_SIZE];

    dcnn_json_fault(&r->json, value, "expected the name of %s of the scenario, found %s", what,
                    dcnn_quote(quoted, name));
    return -1;
}

/* Number of the place or CNN that a value names, or -1 after reporting it. */
static int find(reader *r, const dcnn_json_value *value, int space, const char *what)
{
    const char *name;
    int number;

    if (!dcnn_json_text(&r->json, value, &name)) return -1;
    number = dcnn_names_find(&r->names, space, name);
    return number >= 0 ? number : unknown(r, value, what, name);
}

static int find_unit(reader *r, const dcnn_json_value *value)
{
    int number = find(r, value, DCNN_NAMES_PLACES, "a unit");

    return number < r->scenario->unit_count ? number : unknown(r, value, "a unit", r->scenario->places[number].id);
}

static void read_time(reader *r, const dcnn_json_value *value, int64_t *ns)
{
    (void)dcnn_json_whole(&r->json, value, 0, DCNN_COUNT_MAX, ns);
}

static void read_choice(reader *r, const dcnn_json_value *value, const char *const *words, size_t count, int *which)
{
    *which = 0;
    (void)dcnn_json_choice(&r->json, value, words, count, which);
}

/* --- CNNs --- */

static void read_units(reader *r, const dcnn_json_value *value, dcnn_cnn_placement *placed)
{
    int j = 0;

    if (!dcnn_json_array(&r->json, value, 1)) return;
    if (value->count != (uint32_t)placed->layer_count) {
        dcnn_json_fault(&r->json, value, "expected a unit for each of %d layers, found %u", placed->layer_count,
                        value->count);
        return;
    }
    for (const dcnn_json_value *unit = value->as.first; unit; unit = unit->next)
        placed->units[j++] = find_unit(r, unit);
}

/* A time that is left out never comes: a CNN of weight 0 may lack a route. */
static void read_latency(reader *r, dcnn_json_object *object, dcnn_latency *latency)
{
    *latency = (dcnn_latency){DCNN_NEVER, DCNN_NEVER, DCNN_NEVER, DCNN_NEVER, DCNN_NEVER};
    read_time(r, dcnn_json_get(object, "latency_ns"), &latency->latency_ns);
    read_time(r, dcnn_json_get(object, "source_ns"), &latency->source_ns);
    read_time(r, dcnn_json_get(object, "compute_ns"), &latency->compute_ns);
    read_time(r, dcnn_json_get(object, "transfer_ns"), &latency->transfer_ns);
    read_time(r, dcnn_json_get(object, "sink_ns"), &latency->sink_ns);
}

static void read_cnn(reader *r, const dcnn_json_value *value)
{
    const dcnn_json_value *id, *units;
    dcnn_cnn_placement unused = {0}, *placed = &unused;
    dcnn_json_object object;
    int c;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    id = dcnn_json_need(&object, "id");
    units = dcnn_json_need(&object, "units");
    c = find(r, id, DCNN_NAMES_CNNS, "a CNN");
    if (c >= 0 && r->placement->cnns[c].units[0] >= 0)
        dcnn_json_fault(&r->json, id, "expected each CNN once, found it again");
    else if (c >= 0)
        placed = &r->placement->cnns[c];
    if (placed != &unused) read_units(r, units, placed);
    read_latency(r, &object, &placed->latency);
    dcnn_json_leave(&object);
}

static void read_cnns(reader *r, const dcnn_json_value *value)
{
    if (!value || !dcnn_json_objects(&r->json, value, 1)) return;
    if (!dcnn_placement_take_cnns(r->placement, r->scenario)) {
        dcnn_json_lost_memory(&r->json);
        return;
    }
    for (const dcnn_json_value *cnn = value->as.first; cnn; cnn = cnn->next) read_cnn(r, cnn);
    if (value->count != (uint32_t)r->scenario->cnn_count)
        dcnn_json_fault(&r->json, value, "expected each of %d CNNs once, found %u", r->scenario->cnn_count,
                        value->count);
}

/* --- reasons and cures --- */

/* Number of what a limit belongs to. */
static int find_owner(reader *r, const dcnn_json_value *value, dcnn_limit_kind kind)
{
    int64_t group = -1;

    if (kind == DCNN_LIMIT_MEMORY || kind == DCNN_LIMIT_OPS) return find_unit(r, value);
    if (kind != DCNN_LIMIT_SHARED) return find(r, value, DCNN_NAMES_CNNS, "a CNN");
    (void)dcnn_json_whole(&r->json, value, 0, r->scenario->shared_group_count - 1, &group);
    return (int)group;
}

static void read_owners(reader *r, const dcnn_json_value *value, dcnn_reason *reason)
{
    if (!dcnn_json_array(&r->json, value, 1)) return;
    reason->owners = dcnn_pool_take(r->placement->pool, value->count, sizeof *reason->owners);
    if (!reason->owners) {
        dcnn_json_lost_memory(&r->json);
        return;
    }
    for (const dcnn_json_value *owner = value->as.first; owner; owner = owner->next)
        reason->owners[reason->owner_count++] = find_owner(r, owner, reason->kind);
}

static char *read_sentence(reader *r, const dcnn_json_value *value)
{
    const char *text = "";
    char *kept;

    (void)dcnn_json_text(&r->json, value, &text);
    kept = dcnn_pool_text(r->placement->pool, text);
    if (!kept) dcnn_json_lost_memory(&r->json);
    return kept;
}

static void read_reason(reader *r, const dcnn_json_value *value, dcnn_reason *reason)
{
    dcnn_json_object object;
    const char *key;
    int kind;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    read_choice(r, dcnn_json_need(&object, "limit"), dcnn_limit_words, DCNN_LIMIT_COUNT, &kind);
    reason->kind = (dcnn_limit_kind)kind;
    key = dcnn_limit_keys[kind];
    if (key) read_owners(r, dcnn_json_need(&object, key), reason);
    (void)dcnn_json_bool(&r->json, dcnn_json_get(&object, "undecided"), &reason->undecided);
    reason->text = read_sentence(r, dcnn_json_need(&object, "text"));
    dcnn_json_leave(&object);
}

static void read_reasons(reader *r, const dcnn_json_value *value)
{
    dcnn_placement *placement = r->placement;

    if (!value || !dcnn_json_objects(&r->json, value, 0)) return;
    placement->reasons = dcnn_pool_take(placement->pool, value->count, sizeof *placement->reasons);
    if (!placement->reasons) {
        dcnn_json_lost_memory(&r->json);
        return;
    }
    for (const dcnn_json_value *reason = value->as.first; reason; reason = reason->next)
        read_reason(r, reason, &placement->reasons[placement->reason_count++]);
}

static void read_type(reader *r, const dcnn_json_value *value, dcnn_cure *cure)
{
    if (value) cure->type = read_sentence(r, value);
}

/* What a change is about and what it makes of it. */
static void read_change(reader *r, dcnn_json_object *object, dcnn_cure *cure)
{
    int64_t group = -1;

    switch (cure->kind) {
    case DCNN_CURE_LAYERS_PER_UNIT:
        break;
    case DCNN_CURE_ADD_UNITS:
        cure->index = find_unit(r, dcnn_json_need(object, "like"));
        read_type(r, dcnn_json_get(object, "type"), cure);
        (void)dcnn_json_whole(&r->json, dcnn_json_need(object, "count"), 1, INT32_MAX, &cure->value);
        break;
    case DCNN_CURE_MEMORY:
    case DCNN_CURE_OPS:
        cure->index = find_unit(r, dcnn_json_need(object, "unit"));
        break;
    case DCNN_CURE_DEADLINE:
        cure->index = find(r, dcnn_json_need(object, "cnn"), DCNN_NAMES_CNNS, "a CNN");
        break;
    case DCNN_CURE_RANGE:
        (void)dcnn_json_real(&r->json, dcnn_json_need(object, "to"), 0, (double)DCNN_COUNT_MAX, &cure->range_m);
        break;
    case DCNN_CURE_LINK:
        cure->index = find(r, dcnn_json_need(object, "a"), DCNN_NAMES_PLACES, "a unit or endpoint");
        cure->other = find(r, dcnn_json_need(object, "b"), DCNN_NAMES_PLACES, "a unit or endpoint");
        break;
    case DCNN_CURE_UNSHARE:
        (void)dcnn_json_whole(&r->json, dcnn_json_need(object, "group"), 0, r->scenario->shared_group_count - 1,
                              &group);
        cure->index = (int)group;
        break;
    }
    if (cure->kind < DCNN_CURE_RANGE && cure->kind != DCNN_CURE_ADD_UNITS)
        (void)dcnn_json_whole(&r->json, dcnn_json_need(object, "to"), 0, DCNN_COUNT_MAX, &cure->value);
}

static void read_cure(reader *r, const dcnn_json_value *value, dcnn_cure *cure)
{
    dcnn_json_object object;
    int kind;

    cure->index = cure->other = -1;
    if (!dcnn_json_enter(&r->json, value, &object)) return;
    read_choice(r, dcnn_json_need(&object, "change"), dcnn_cure_words, DCNN_CURE_COUNT, &kind);
    cure->kind = (dcnn_cure_kind)kind;
    read_change(r, &object, cure);
    cure->text = read_sentence(r, dcnn_json_need(&object, "text"));
    dcnn_json_leave(&object);
}

static void read_cures(reader *r, const dcnn_json_value *value)
{
    dcnn_placement *placement = r->placement;

    if (!value || !dcnn_json_objects(&r->json, value, 0)) return;
    placement->cures = dcnn_pool_take(placement->pool, value->count, sizeof *placement->cures);
    if (!placement->cures) {
        dcnn_json_lost_memory(&r->json);
        return;
    }
    for (const dcnn_json_value *cure = value->as.first; cure; cure = cure->next)
        read_cure(r, cure, &placement->cures[placement->cure_count++]);
}

/* --- the file --- */

static void read_sha256(reader *r, const dcnn_json_value *value)
{
    const char *text;

    r->placement->sha256[0] = 0; /* a placement of another program need not say */
    if (!dcnn_json_text(&r->json, value, &text)) return;
    if (strlen(text) != 64 || strspn(text, "0123456789abcdef") != 64)
        dcnn_json_expected(&r->json, value, "64 hexadecimal digits");
    else
        memcpy(r->placement->sha256, text, sizeof r->placement->sha256);
}

static void read_solver(reader *r, const dcnn_json_value *value)
{
    dcnn_json_object object;
    int64_t threads = 0;

    if (!value || !dcnn_json_enter(&r->json, value, &object)) return;
    (void)dcnn_json_whole(&r->json, dcnn_json_get(&object, "nodes"), 0, DCNN_COUNT_MAX, &r->placement->nodes);
    (void)dcnn_json_whole(&r->json, dcnn_json_get(&object, "columns"), 0, DCNN_COUNT_MAX, &r->placement->columns);
    (void)dcnn_json_whole(&r->json, dcnn_json_get(&object, "threads"), 0, INT32_MAX, &threads);
    r->placement->threads = (int)threads;
    dcnn_json_leave(&object);
}

static void read_root(reader *r)
{
    dcnn_placement *placement = r->placement;
    dcnn_json_object root;
    const char *name = "";
    int proof, stop, objective;

    if (!dcnn_json_enter(&r->json, r->json.root, &root) || !dcnn_json_kind(&root, "placement")) return;
    (void)dcnn_json_text(&r->json, dcnn_json_need(&root, "scenario"), &name);
    placement->scenario = dcnn_pool_text(placement->pool, name);
    if (!placement->scenario) dcnn_json_lost_memory(&r->json);
    read_sha256(r, dcnn_json_get(&root, "scenario_sha256"));
    read_choice(r, dcnn_json_need(&root, "proof"), dcnn_proof_words, DCNN_PROOF_COUNT, &proof);
    read_choice(r, dcnn_json_need(&root, "stop"), dcnn_stop_words, DCNN_STOP_COUNT, &stop);
    read_choice(r, dcnn_json_need(&root, "objective"), dcnn_objective_words, DCNN_OBJECTIVE_COUNT, &objective);
    placement->proof = (dcnn_proof)proof;
    placement->stop = (dcnn_stop)stop;
    placement->objective = (dcnn_objective)objective;
    placement->bound_ns = DCNN_NEVER;
    read_time(r, dcnn_json_get(&root, "value_ns"), &placement->value_ns);
    read_time(r, dcnn_json_get(&root, "bound_ns"), &placement->bound_ns);
    read_cnns(r, dcnn_json_get(&root, "cnns"));
    read_reasons(r, dcnn_json_get(&root, "reasons"));
    read_cures(r, dcnn_json_get(&root, "cures"));
    read_solver(r, dcnn_json_get(&root, "solver"));
    dcnn_json_leave(&root);
}

dcnn_status dcnn_placement_read(dcnn_placement **out, const dcnn_scenario *scenario, const char *path,
                                dcnn_fault_fn on_fault, void *user, dcnn_error *err)
{
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    reader r = {.scenario = scenario, .names = {.seed = dcnn_names_seed(scenario->sha256)}};
    dcnn_buf text = {0};
    dcnn_status status;

    *out = NULL;
    if ((status = dcnn_file_load(&text, path, FILE_BYTES_MAX, err))) goto done;
    r.placement = dcnn_placement_empty(scenario);
    if (!r.placement || !collect_names(&r)) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    if (!dcnn_json_open(&r.json, &text, name, on_fault, user, err)) read_root(&r);
    status = r.json.status;
    dcnn_json_close(&r.json);
    if (status) goto done;
    *out = r.placement;
    r.placement = NULL;
done:
    dcnn_names_clear(&r.names);
    dcnn_placement_free(r.placement);
    dcnn_buf_clear(&text);
    return status;
}
