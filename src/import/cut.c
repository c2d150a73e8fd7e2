#include "cut.h"
#include "operators.h"
#include <string.h>

static const dcnn_node *node_at(const dcnn_graph *graph, const dcnn_schedule *s, int step)
{
    return &graph->nodes[s->steps[step]];
}

/* An exit takes its decisions away at the first place where a cut is allowed once it is computed. */
static dcnn_status lock_exits(const dcnn_graph *graph, const dcnn_schedule *s, const dcnn_exit *exits, int exit_count,
                              dcnn_cuts *cuts, dcnn_error *err)
{
    for (int e = 0; e < exit_count; e++) {
        int place = s->born[exits[e].tensor] < 0 ? 0 : s->born[exits[e].tensor];
        while (place < s->step_count && !cuts->allowed[place]) place++;
        if (place == s->step_count)
            return dcnn_tensor_fail(graph, &graph->tensors[exits[e].tensor], err, DCNN_E_VALUE,
                                    s->born[exits[e].tensor] + 1 == s->step_count
                                        ? "cannot be an early exit: the model ends there"
                                        : "cannot be an early exit: the chain cannot be cut behind it unless more "
                                          "tensors may cross a cut");
        cuts->locked[place] = true;
    }
    return DCNN_OK;
}

/* Cuts between any two pieces with weights, each at the place in between that the fewest bytes cross, the last one if
 * several do. */
static void cut_blocks(const dcnn_graph *graph, const dcnn_schedule *s, const dcnn_cuts *cuts, bool *cut)
{
    bool heavy = false; /* the block that is open has weights */
    int best = -1;      /* where to cut it */

    for (int step = 0; step < s->step_count; step++) {
        if (node_at(graph, s, step)->heavy) {
            if (best >= 0) cut[best] = true;
            best = -1;
            heavy = true;
        }
        if (cuts->locked[step]) {
            cut[step] = true;
            best = -1;
            heavy = false;
        } else if (cuts->allowed[step] && heavy && (best < 0 || s->bytes[step] <= s->bytes[best])) {
            best = step;
        }
    }
}

/* The output of a convolution, whose spatial size says to which stage a block belongs; NULL for dense layers. */
static const dcnn_shape *stage_shape(const dcnn_graph *graph, const dcnn_node *node)
{
    const dcnn_operator *op = node->op;
    bool convolution = op && (op->count == dcnn_count_conv || op->count == dcnn_count_conv_quantized ||
                              op->count == dcnn_count_conv_transposed);

    return convolution ? &dcnn_node_output(graph, node, 0)->shape : NULL;
}

static bool same_stage(const dcnn_shape *a, const dcnn_shape *b)
{
    return a && b && a->rank == b->rank &&
           memcmp(a->dims + 2, b->dims + 2, (size_t)(a->rank - 2) * sizeof *a->dims) == 0;
}

/* Takes back the cuts between blocks whose last convolutions have outputs of the same spatial size. */
static void join_stages(const dcnn_graph *graph, const dcnn_schedule *s, const dcnn_cuts *cuts, bool *cut)
{
    const dcnn_shape *before = NULL, *now = NULL;
    int border = -1; /* the cut between the block before and the present one */

    for (int step = 0; step < s->step_count; step++) {
        if (node_at(graph, s, step)->heavy) now = stage_shape(graph, node_at(graph, s, step));
        if (!cut[step] && step + 1 < s->step_count) continue;
        if (border >= 0 && !cuts->locked[border] && same_stage(before, now)) cut[border] = false;
        border = step;
        before = now;
        now = NULL;
    }
}

/* A cut behind the named tensor, while it is on its way: where it is made, or soon after. */
static dcnn_status cut_behind(const dcnn_graph *graph, const dcnn_schedule *s, const dcnn_cuts *cuts, const char *name,
                              bool *cut, dcnn_error *err)
{
    int tensor = dcnn_onnx_find(graph, name, strlen(name)), place;

    if (tensor < 0 || s->dies[tensor] < 0)
        return dcnn_fail(err, DCNN_E_VALUE, graph->file, "cut behind \"%.100s\": no tensor of that name is handed on",
                         name);
    place = s->born[tensor] < 0 ? 0 : s->born[tensor];
    while (place < s->step_count && place < s->dies[tensor] && !cuts->allowed[place]) place++;
    if (place >= s->step_count || place >= s->dies[tensor])
        return dcnn_fail(err, DCNN_E_VALUE, graph->file, "cut behind \"%.100s\": more tensors cross there than may",
                         name);
    cut[place] = true;
    return DCNN_OK;
}

static dcnn_status choose(const dcnn_graph *graph, const dcnn_schedule *s, const dcnn_model_options *options,
                          const dcnn_cuts *cuts, bool *cut, dcnn_error *err)
{
    dcnn_status status = DCNN_OK;

    if (options->cut_count > 0) {
        memcpy(cut, cuts->locked, (size_t)s->step_count * sizeof *cut);
        for (int k = 0; k < options->cut_count && !status; k++)
            status = cut_behind(graph, s, cuts, options->cuts[k], cut, err);
    } else if (options->level == DCNN_LEVEL_NODE) {
        memcpy(cut, cuts->allowed, (size_t)s->step_count * sizeof *cut);
    } else {
        cut_blocks(graph, s, cuts, cut);
        if (options->level == DCNN_LEVEL_STAGE) join_stages(graph, s, cuts, cut);
    }
    return status;
}

dcnn_status dcnn_onnx_cut(dcnn_graph *graph, const dcnn_schedule *schedule, const dcnn_exit *exits, int exit_count,
                          const dcnn_model_options *options, dcnn_cuts *cuts, dcnn_error *err)
{
    size_t steps = (size_t)schedule->step_count;
    bool *cut = dcnn_pool_take(graph->pool, steps, sizeof *cut);
    dcnn_status status;

    memset(cuts, 0, sizeof *cuts);
    cuts->allowed = dcnn_pool_take(graph->pool, steps, sizeof *cuts->allowed);
    cuts->locked = dcnn_pool_take(graph->pool, steps, sizeof *cuts->locked);
    cuts->last = dcnn_pool_take(graph->pool, steps, sizeof *cuts->last);
    if (!cut || !cuts->allowed || !cuts->locked || !cuts->last) return dcnn_fail_memory(err);
    for (int step = 0; step + 1 < schedule->step_count; step++)
        cuts->allowed[step] = schedule->width[step] <= options->max_cut_tensors;
    if ((status = lock_exits(graph, schedule, exits, exit_count, cuts, err))) return status;
    if ((status = choose(graph, schedule, options, cuts, cut, err))) return status;
    for (int step = 0; step < schedule->step_count; step++)
        if (cut[step] || step + 1 == schedule->step_count) cuts->last[cuts->count++] = step;
    return DCNN_OK;
}
