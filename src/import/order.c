#include "order.h"
#include <stdlib.h>

/* A node whose inputs are being visited. */
struct frame {
    int node, next_input;
};

struct walk {
    const dcnn_graph *graph;
    int *mark; /* [node_count] 2 * round = begun in that round, 2 * round + 1 = done in it */
    int round;
    struct frame *stack; /* [node_count] */
    int *found;          /* [node_count] nodes done in this round, in order */
    int found_count;
};

/* Appends what the tensor needs, each node after its inputs. The stack replaces recursion: graphs may be deep. */
static dcnn_status visit(struct walk *walk, int tensor, dcnn_error *err)
{
    const dcnn_graph *graph = walk->graph;
    const int begun = 2 * walk->round, done = begun + 1;
    int depth = 0, node = graph->tensors[tensor].producer;

    if (node < 0 || walk->mark[node] == done) return DCNN_OK;
    walk->mark[node] = begun;
    walk->stack[depth++] = (struct frame){node, 0};
    while (depth > 0) {
        struct frame *top = &walk->stack[depth - 1];
        const dcnn_node *at = &graph->nodes[top->node];
        int ref, next;
        if (top->next_input == at->input_count) {
            walk->mark[top->node] = done;
            walk->found[walk->found_count++] = top->node;
            depth--;
            continue;
        }
        ref = graph->refs[at->first_input + top->next_input++];
        next = ref < 0 ? -1 : graph->tensors[ref].producer;
        if (next < 0 || walk->mark[next] == done) continue;
        if (walk->mark[next] == begun)
            return dcnn_node_fail(graph, &graph->nodes[next], err, "lies on a cycle: it needs its own output");
        walk->mark[next] = begun;
        walk->stack[depth++] = (struct frame){next, 0};
    }
    return DCNN_OK;
}

static void begin_round(struct walk *walk)
{
    walk->round++;
    walk->found_count = 0;
}

static bool is_exit(const dcnn_exit *exits, int exit_count, int tensor)
{
    for (int e = 0; e < exit_count; e++)
        if (exits[e].tensor == tensor) return true;
    return false;
}

static dcnn_status visit_results(struct walk *walk, const dcnn_exit *exits, int exit_count, dcnn_error *err)
{
    dcnn_status status = DCNN_OK;

    for (int k = 0; k < walk->graph->output_count && !status; k++) {
        int tensor = walk->graph->outputs[k];
        if (!is_exit(exits, exit_count, tensor)) status = visit(walk, tensor, err);
    }
    return status;
}

/* An exit is as late as the part of the trunk that it needs is long; of two that need the same, the one that needs more
 * nodes in all is later, for it may need the other. */
static dcnn_status sort_exits(struct walk *walk, dcnn_exit *exits, int exit_count, dcnn_error *err)
{
    bool *trunk = dcnn_pool_take(walk->graph->pool, (size_t)walk->graph->node_count, sizeof *trunk);
    int64_t *needs = dcnn_pool_take(walk->graph->pool, (size_t)exit_count, sizeof *needs);
    dcnn_status status;

    if (!trunk || !needs) return dcnn_fail_memory(err);
    begin_round(walk);
    if ((status = visit_results(walk, exits, exit_count, err))) return status;
    for (int k = 0; k < walk->found_count; k++) trunk[walk->found[k]] = true;
    for (int e = 0; e < exit_count; e++) {
        dcnn_exit moved = exits[e];
        int64_t need = 0;
        int at = e;
        begin_round(walk);
        if ((status = visit(walk, moved.tensor, err))) return status;
        for (int k = 0; k < walk->found_count; k++) need += trunk[walk->found[k]];
        need = need * walk->graph->node_count + walk->found_count;
        for (; at > 0 && needs[at - 1] > need; at--) {
            exits[at] = exits[at - 1];
            needs[at] = needs[at - 1];
        }
        exits[at] = moved;
        needs[at] = need;
    }
    return DCNN_OK;
}

dcnn_status dcnn_onnx_order(dcnn_graph *graph, dcnn_exit *exits, int exit_count, int **order, int *count,
                            dcnn_error *err)
{
    size_t nodes = (size_t)graph->node_count;
    struct walk walk = {.graph = graph};
    dcnn_status status = DCNN_OK;

    walk.mark = dcnn_pool_take(graph->pool, nodes, sizeof *walk.mark);
    walk.stack = dcnn_pool_take(graph->pool, nodes, sizeof *walk.stack);
    walk.found = dcnn_pool_take(graph->pool, nodes, sizeof *walk.found);
    if (!walk.mark || !walk.stack || !walk.found) return dcnn_fail_memory(err);
    if (exit_count > 0) status = sort_exits(&walk, exits, exit_count, err);
    begin_round(&walk);
    for (int e = 0; e < exit_count && !status; e++) status = visit(&walk, exits[e].tensor, err);
    if (!status) status = visit_results(&walk, exits, exit_count, err);
    *order = walk.found;
    *count = walk.found_count;
    return status;
}
