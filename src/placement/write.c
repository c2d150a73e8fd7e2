/* Writing the placement file: no times of day, no durations, so that the same search gives the same bytes. */
#include "base/base.h"
#include "text/json_write.h"
#include "words.h"
#include <dcnn/placement.h>

static void write_time(dcnn_json_writer *json, const char *key, int64_t ns)
{
    if (ns != DCNN_NEVER) dcnn_json_put_int(json, key, ns);
}

static void write_cnn(dcnn_json_writer *json, const dcnn_cnn_placement *placed, const dcnn_scenario *scenario)
{
    dcnn_json_begin(json, NULL, '{', true);
    dcnn_json_put_text(json, "id", placed->id);
    dcnn_json_begin(json, "units", '[', false);
    for (int j = 0; j < placed->layer_count; j++) dcnn_json_put_text(json, NULL, scenario->places[placed->units[j]].id);
    dcnn_json_end(json);
    write_time(json, "latency_ns", placed->latency.latency_ns);
    write_time(json, "source_ns", placed->latency.source_ns);
    write_time(json, "compute_ns", placed->latency.compute_ns);
    write_time(json, "transfer_ns", placed->latency.transfer_ns);
    write_time(json, "sink_ns", placed->latency.sink_ns);
    dcnn_json_end(json);
}

static void write_reason(dcnn_json_writer *json, const dcnn_reason *reason, const dcnn_scenario *scenario)
{
    const char *key = dcnn_limit_keys[reason->kind];

    dcnn_json_begin(json, NULL, '{', true);
    dcnn_json_put_text(json, "limit", dcnn_limit_words[reason->kind]);
    if (key) dcnn_json_begin(json, key, '[', false);
    for (int k = 0; k < reason->owner_count; k++) {
        int owner = reason->owners[k];
        if (reason->kind == DCNN_LIMIT_SHARED)
            dcnn_json_put_int(json, NULL, owner);
        else if (reason->kind == DCNN_LIMIT_MEMORY || reason->kind == DCNN_LIMIT_OPS)
            dcnn_json_put_text(json, NULL, scenario->places[owner].id);
        else
            dcnn_json_put_text(json, NULL, scenario->cnns[owner].id);
    }
    if (key) dcnn_json_end(json);
    if (reason->undecided) dcnn_json_put_bool(json, "undecided", true);
    dcnn_json_put_text(json, "text", reason->text);
    dcnn_json_end(json);
}

static void write_cure(dcnn_json_writer *json, const dcnn_cure *cure, const dcnn_scenario *scenario)
{
    dcnn_json_begin(json, NULL, '{', false);
    dcnn_json_put_text(json, "change", dcnn_cure_words[cure->kind]);
    switch (cure->kind) {
    case DCNN_CURE_LAYERS_PER_UNIT:
        break;
    case DCNN_CURE_ADD_UNITS:
        dcnn_json_put_text(json, "like", scenario->places[cure->index].id);
        if (cure->type) dcnn_json_put_text(json, "type", cure->type);
        break;
    case DCNN_CURE_MEMORY:
    case DCNN_CURE_OPS:
        dcnn_json_put_text(json, "unit", scenario->places[cure->index].id);
        break;
    case DCNN_CURE_DEADLINE:
        dcnn_json_put_text(json, "cnn", scenario->cnns[cure->index].id);
        break;
    case DCNN_CURE_RANGE:
        dcnn_json_put_double(json, "to", cure->range_m);
        break;
    case DCNN_CURE_LINK:
        dcnn_json_put_text(json, "a", scenario->places[cure->index].id);
        dcnn_json_put_text(json, "b", scenario->places[cure->other].id);
        break;
    case DCNN_CURE_UNSHARE:
        dcnn_json_put_int(json, "group", cure->index);
        break;
    }
    if (cure->kind == DCNN_CURE_ADD_UNITS)
        dcnn_json_put_int(json, "count", cure->value);
    else if (cure->kind < DCNN_CURE_RANGE)
        dcnn_json_put_int(json, "to", cure->value);
    dcnn_json_put_text(json, "text", cure->text);
    dcnn_json_end(json);
}

static void write_why(dcnn_json_writer *json, const dcnn_placement *placement, const dcnn_scenario *scenario)
{
    dcnn_json_begin(json, "reasons", '[', true);
    for (int r = 0; r < placement->reason_count; r++) write_reason(json, &placement->reasons[r], scenario);
    dcnn_json_end(json);
    dcnn_json_begin(json, "cures", '[', true);
    for (int k = 0; k < placement->cure_count; k++) write_cure(json, &placement->cures[k], scenario);
    dcnn_json_end(json);
}

static void write_placement(dcnn_json_writer *json, const dcnn_placement *placement, const dcnn_scenario *scenario)
{
    dcnn_json_begin(json, NULL, '{', true);
    dcnn_json_put_text(json, "dcnn", "placement");
    dcnn_json_put_int(json, "version", 1);
    dcnn_json_put_text(json, "scenario", placement->scenario);
    if (placement->sha256[0]) dcnn_json_put_text(json, "scenario_sha256", placement->sha256);
    dcnn_json_put_text(json, "proof", dcnn_proof_words[placement->proof]);
    dcnn_json_put_text(json, "stop", dcnn_stop_words[placement->stop]);
    dcnn_json_put_text(json, "objective", dcnn_objective_words[placement->objective]);
    write_time(json, "value_ns", placement->value_ns);
    write_time(json, "bound_ns", placement->bound_ns);
    if (placement->cnn_count > 0) {
        dcnn_json_begin(json, "cnns", '[', true);
        for (int c = 0; c < placement->cnn_count; c++) write_cnn(json, &placement->cnns[c], scenario);
        dcnn_json_end(json);
    }
    if (placement->proof == DCNN_PROOF_INFEASIBLE) write_why(json, placement, scenario);
    dcnn_json_begin(json, "solver", '{', false);
    dcnn_json_put_int(json, "nodes", placement->nodes);
    dcnn_json_put_int(json, "columns", placement->columns);
    dcnn_json_put_int(json, "threads", placement->threads);
    dcnn_json_end(json);
    dcnn_json_end(json);
}

dcnn_status dcnn_placement_write(const dcnn_placement *placement, const dcnn_scenario *scenario, const char *path,
                                 dcnn_error *err)
{
    dcnn_json_writer json = {0};
    dcnn_status status;

    write_placement(&json, placement, scenario);
    status = json.out.failed ? dcnn_fail_memory(err) : dcnn_file_save(path, json.out.data, json.out.size, err);
    dcnn_buf_clear(&json.out);
    return status;
}
