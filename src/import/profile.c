#include "profile.h"
#include "infer.h"
#include "map.h"
#include "operators.h"
#include <stdlib.h>
#include <string.h>

void dcnn_model_options_init(dcnn_model_options *options)
{
    *options =
        (dcnn_model_options){.level = DCNN_LEVEL_BLOCK, .max_cut_tensors = 1, .exit_threshold = DCNN_EXIT_THRESHOLD};
}

bool dcnn_cut_level_parse(const char *text, dcnn_cut_level *level)
{
    static const struct {
        const char *name;
        dcnn_cut_level level;
    } levels[] = {{"node", DCNN_LEVEL_NODE},
                  {"layer", DCNN_LEVEL_NODE},
                  {"block", DCNN_LEVEL_BLOCK},
                  {"stage", DCNN_LEVEL_STAGE}};

    for (size_t k = 0; k < sizeof levels / sizeof levels[0]; k++)
        if (strcmp(text, levels[k].name) == 0) {
            *level = levels[k].level;
            return true;
        }
    return false;
}

static dcnn_status check_options(const dcnn_model_options *o, dcnn_error *err)
{
    if (o->level < DCNN_LEVEL_NODE || o->level > DCNN_LEVEL_STAGE)
        return dcnn_fail(err, DCNN_E_ARGUMENT, "level", "expected node, block or stage");
    if (o->max_blocks < 0) return dcnn_fail(err, DCNN_E_ARGUMENT, "max_blocks", "%d is negative", o->max_blocks);
    if (o->max_cut_tensors < 1)
        return dcnn_fail(err, DCNN_E_ARGUMENT, "max_cut_tensors", "expected 1 or more, found %d", o->max_cut_tensors);
    for (int e = 0; e < o->exit_count; e++)
        if (!(o->exits[e].probability >= 0 && o->exits[e].probability <= 1))
            return dcnn_fail(err, DCNN_E_ARGUMENT, "exits", "\"%.100s\": expected a probability in [0, 1], found %g",
                             o->exits[e].output, o->exits[e].probability);
    if (o->exit_csv && o->exit_count > 0)
        return dcnn_fail(err, DCNN_E_ARGUMENT, "exits", "exits are given and measured at once");
    if (o->exit_csv && !(o->exit_threshold == o->exit_threshold))
        return dcnn_fail(err, DCNN_E_ARGUMENT, "exit_threshold", "is not a number");
    return DCNN_OK;
}

void dcnn_import_weights(const dcnn_import *import, int first, int last, int *stamp, int round, int64_t *parameters,
                         int64_t *bytes)
{
    const dcnn_graph *graph = &import->graph;

    *parameters = *bytes = 0;
    for (int step = first; step <= last; step++) {
        const dcnn_node *node = &graph->nodes[import->schedule.steps[step]];
        for (int k = 0; k < node->input_count; k++) {
            const dcnn_tensor *x = dcnn_node_input(graph, node, k);
            if (!x || !x->constant || dcnn_is_setting(node, k) || stamp[x->source] == round) continue;
            stamp[x->source] = round;
            *parameters += x->weight_count;
            *bytes += x->weight_bytes;
        }
    }
}

static dcnn_status merge_blocks(dcnn_import *import, int max_blocks, dcnn_error *err)
{
    dcnn_graph *graph = &import->graph;
    dcnn_block_cost *cost = dcnn_pool_take(graph->pool, (size_t)import->cuts.count, sizeof *cost);
    int *stamp = dcnn_pool_take(graph->pool, (size_t)graph->tensor_count, sizeof *stamp), first = 0;
    int64_t parameters, bytes;

    if (!cost || !stamp) return dcnn_fail_memory(err);
    for (int b = 0; b < import->cuts.count; b++) {
        dcnn_import_weights(import, first, import->cuts.last[b], stamp, b + 1, &parameters, &bytes);
        cost[b].memory_bytes = (double)bytes;
        for (; first <= import->cuts.last[b]; first++)
            cost[b].ops += (double)graph->nodes[import->schedule.steps[first]].ops;
    }
    return dcnn_onnx_merge(graph, &import->schedule, cost, max_blocks, &import->cuts, err);
}

/* What follows once the graph is read. Faults of single nodes are told as they are met; err has the first. */
static dcnn_status understand(dcnn_import *import, const dcnn_model_options *options, dcnn_faults *faults,
                              dcnn_error *err)
{
    dcnn_graph *graph = &import->graph;
    dcnn_status status;

    if ((status = dcnn_onnx_exits(graph, options, &import->exits, &import->exit_count, err)) ||
        (status = dcnn_onnx_results(graph, options, import->exits, import->exit_count, err)) ||
        (status =
             dcnn_onnx_order(graph, import->exits, import->exit_count, &import->order, &import->order_count, err)) ||
        (status = dcnn_onnx_measure_exits(graph, options, import->exits, import->exit_count, err)))
        return status;
    if ((status = dcnn_onnx_bind_inputs(graph, import->order, import->order_count, options, faults)) ||
        (status = dcnn_onnx_infer(graph, import->order, import->order_count, options, faults)))
        return status;
    if ((status = dcnn_onnx_schedule(graph, import->order, import->order_count, import->exits, import->exit_count,
                                     &import->schedule, err)) ||
        (status =
             dcnn_onnx_cut(graph, &import->schedule, import->exits, import->exit_count, options, &import->cuts, err)))
        return status;
    return merge_blocks(import, options->max_blocks, err);
}

dcnn_status dcnn_model_profile_bytes(dcnn_model **out, const unsigned char *bytes, size_t size, const char *file,
                                     const char *folder, const dcnn_model_options *options, dcnn_fault_fn on_fault,
                                     void *user, dcnn_error *err)
{
    dcnn_import import = {0};
    dcnn_error own;
    dcnn_faults faults = {.on_fault = on_fault, .user = user, .first = err ? err : &own};
    dcnn_model *model = NULL;
    dcnn_status status;

    *out = NULL;
    err = faults.first;
    if ((status = check_options(options, err))) goto done;
    if ((status = dcnn_onnx_read(&import.graph, bytes, size, file, folder, err))) goto done;
    if ((status = understand(&import, options, &faults, err))) goto done;
    if ((status = dcnn_import_build(&import, options, &model, err))) goto done;
    if (options->fingerprints && (status = dcnn_import_fingerprints(&import, model, err))) goto done;
    *out = model;
    model = NULL;
done:
    if (status && faults.told == 0 && on_fault) on_fault(user, err);
    dcnn_model_free(model);
    dcnn_onnx_clear(&import.graph);
    return status;
}

/* The folder part of a path, "." where there is none. */
static dcnn_status folder_of(const char *path, dcnn_buf *folder, dcnn_error *err)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        dcnn_buf_text(folder, ".");
    else
        dcnn_buf_add(folder, path, slash == path ? 1 : (size_t)(slash - path));
    return folder->failed ? dcnn_fail_memory(err) : DCNN_OK;
}

/* A file is mapped; what comes in through a pipe has to be held. */
static dcnn_status open_model(const char *path, dcnn_map *map, dcnn_buf *held, dcnn_error *err)
{
    return strcmp(path, "-") == 0 ? dcnn_file_load(held, path, 0, err) : dcnn_map_open(map, path, err);
}

dcnn_status dcnn_model_profile(dcnn_model **out, const char *path, const dcnn_model_options *options,
                               dcnn_fault_fn on_fault, void *user, dcnn_error *err)
{
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    dcnn_error own;
    dcnn_map map = {0};
    dcnn_buf folder = {0}, held = {0};
    dcnn_status status;

    *out = NULL;
    if (!err) err = &own;
    status = folder_of(path, &folder, err);
    if (!status) status = open_model(path, &map, &held, err);
    if (status && on_fault) on_fault(user, err);
    if (!status)
        status =
            dcnn_model_profile_bytes(out, map.bytes ? map.bytes : (const unsigned char *)held.data,
                                     map.bytes ? map.size : held.size, name, folder.data, options, on_fault, user, err);
    dcnn_map_close(&map);
    dcnn_buf_clear(&held);
    dcnn_buf_clear(&folder);
    return status;
}

void dcnn_model_free(dcnn_model *model)
{
    if (!model) return;
    dcnn_pool_free(model->pool);
    free(model);
}
