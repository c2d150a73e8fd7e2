#include "operators.h"
#include "order.h"
#include <string.h>

static bool take_arrays(dcnn_graph *graph, int count, dcnn_schedule *s)
{
    size_t steps = (size_t)count, tensors = (size_t)graph->tensor_count;

    s->steps = dcnn_pool_take(graph->pool, steps, sizeof *s->steps);
    s->width = dcnn_pool_take(graph->pool, steps + 1, sizeof *s->width);
    s->bytes = dcnn_pool_take(graph->pool, steps + 1, sizeof *s->bytes);
    s->born = dcnn_pool_take(graph->pool, tensors, sizeof *s->born);
    s->dies = dcnn_pool_take(graph->pool, tensors, sizeof *s->dies);
    s->is_exit = dcnn_pool_take(graph->pool, tensors, sizeof *s->is_exit);
    return s->steps && s->width && s->bytes && s->born && s->dies && s->is_exit;
}

/* A node runs when it is no constant and somebody that runs needs one of its outputs. Backwards over the order. */
static bool mark_needed(const dcnn_graph *graph, const int *order, int count, bool *needed)
{
    bool any = false;

    for (int k = 0; k < graph->output_count; k++) needed[graph->outputs[k]] = true;
    for (int k = count - 1; k >= 0; k--) {
        const dcnn_node *node = &graph->nodes[order[k]];
        const int *refs = &graph->refs[node->first_input];
        bool runs = false;
        for (int r = node->input_count; r < node->input_count + node->output_count; r++)
            runs = runs || (refs[r] >= 0 && needed[refs[r]]);
        if (node->constant || !runs) continue;
        any = true;
        for (int r = 0; r < node->input_count; r++)
            if (refs[r] >= 0) needed[refs[r]] = true;
    }
    return any;
}

static bool node_runs(const dcnn_graph *graph, const dcnn_node *node, const bool *needed)
{
    if (node->constant) return false;
    for (int k = 0; k < node->output_count; k++) {
        const dcnn_tensor *tensor = dcnn_node_output(graph, node, k);
        if (tensor && needed[tensor - graph->tensors]) return true;
    }
    return false;
}

static void set_lives(const dcnn_graph *graph, dcnn_schedule *s)
{
    for (int t = 0; t < graph->tensor_count; t++) {
        s->born[t] = -1;
        s->dies[t] = -2;
    }
    for (int step = 0; step < s->step_count; step++) {
        const dcnn_node *node = &graph->nodes[s->steps[step]];
        const int *refs = &graph->refs[node->first_input];
        for (int r = 0; r < node->input_count; r++)
            if (refs[r] >= 0 && !graph->tensors[refs[r]].constant) s->dies[refs[r]] = step;
        for (int r = node->input_count; r < node->input_count + node->output_count; r++)
            if (refs[r] >= 0) s->born[refs[r]] = step;
    }
    for (int k = 0; k < graph->output_count; k++) {
        int t = graph->outputs[k];
        if (!s->is_exit[t] && !graph->tensors[t].constant) s->dies[t] = s->step_count;
    }
}

/* A tensor crosses the places from its birth to the step before its last use. */
static void set_widths(const dcnn_graph *graph, dcnn_schedule *s)
{
    for (int t = 0; t < graph->tensor_count; t++) {
        int from = s->born[t] < 0 ? 0 : s->born[t], to = s->dies[t];
        if (to <= from) continue;
        s->width[from]++;
        s->bytes[from] += graph->tensors[t].bytes;
        s->width[to]--;
        s->bytes[to] -= graph->tensors[t].bytes;
    }
    for (int step = 1; step < s->step_count; step++) {
        s->width[step] += s->width[step - 1];
        s->bytes[step] += s->bytes[step - 1];
    }
}

dcnn_status dcnn_onnx_schedule(dcnn_graph *graph, const int *order, int count, const dcnn_exit *exits, int exit_count,
                               dcnn_schedule *schedule, dcnn_error *err)
{
    bool *needed = dcnn_pool_take(graph->pool, (size_t)graph->tensor_count, sizeof *needed);

    memset(schedule, 0, sizeof *schedule);
    if (!needed || !take_arrays(graph, count, schedule)) return dcnn_fail_memory(err);
    for (int e = 0; e < exit_count; e++) schedule->is_exit[exits[e].tensor] = e + 1;
    if (!mark_needed(graph, order, count, needed))
        return dcnn_fail(err, DCNN_E_VALUE, graph->file, "nothing in it depends on an input");
    for (int k = 0; k < count; k++)
        if (node_runs(graph, &graph->nodes[order[k]], needed)) schedule->steps[schedule->step_count++] = order[k];
    set_lives(graph, schedule);
    set_widths(graph, schedule);
    return DCNN_OK;
}

/* The first input is overwritten when the operator allows it and nobody needs it any more. */
static bool overwrites(const dcnn_graph *graph, const dcnn_schedule *s, int step)
{
    const dcnn_node *node = &graph->nodes[s->steps[step]];
    const dcnn_tensor *x = dcnn_node_input(graph, node, 0), *y = dcnn_node_output(graph, node, 0);

    return node->op && node->op->trait == DCNN_TRAIT_IN_PLACE && x && y && !x->constant && x->bytes >= y->bytes &&
           s->dies[x - graph->tensors] == step;
}

int64_t dcnn_schedule_peak(const dcnn_graph *graph, const dcnn_schedule *s, int first, int last)
{
    int64_t alive = first > 0 ? s->bytes[first - 1] : 0, peak = 0;

    for (int k = 0; first == 0 && k < graph->input_count; k++)
        if (s->dies[graph->inputs[k]] >= 0) alive += graph->tensors[graph->inputs[k]].bytes;
    for (int step = first; step <= last; step++) {
        const dcnn_node *node = &graph->nodes[s->steps[step]];
        int64_t made = 0, during;
        for (int k = 0; k < node->output_count; k++) {
            const dcnn_tensor *y = dcnn_node_output(graph, node, k);
            if (y && s->dies[y - graph->tensors] >= step) made += y->bytes;
        }
        during = alive + made;
        if (overwrites(graph, s, step)) during -= dcnn_node_output(graph, node, 0)->bytes;
        if (during > peak) peak = during;
        alive = step < s->step_count - 1 ? s->bytes[step] : 0;
    }
    return peak;
}
