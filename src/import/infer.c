#include "infer.h"
#include "nametable.h"
#include "operators.h"
#include <string.h>

struct inference {
    dcnn_graph *graph;
    const dcnn_model_options *options;
    dcnn_faults *faults;
    dcnn_nametable unknown; /* operators already told of */
    int64_t bytes, ops, weights;
};

/* Whether all inputs of the node are known; a node with none is a constant, and so is one that tells a shape. */
static bool inputs_known(const dcnn_work *work, bool *constant)
{
    *constant = true;
    for (int k = 0; k < work->node->input_count; k++) {
        const dcnn_tensor *x = dcnn_in(work, k);
        if (!x) continue;
        if (!x->known) return false;
        *constant = *constant && x->constant;
    }
    if (work->node->op && work->node->op->trait == DCNN_TRAIT_ABOUT) *constant = true;
    return true;
}

/* What the user says of an operator or node: NULL = nothing, "" = like its first input, else a shape. */
static const char *find_assumption(const dcnn_node *node, const dcnn_model_options *options)
{
    for (int k = 0; k < options->assumption_count; k++) {
        const char *text = options->assumptions[k], *sign = strrchr(text, '=');
        size_t size = sign ? (size_t)(sign - text) : strlen(text);
        bool type = size == node->type.size && memcmp(text, node->type.at, size) == 0;
        bool name = size == node->name.size && memcmp(text, node->name.at, size) == 0;
        if (type || name) return sign ? sign + 1 : "";
    }
    return NULL;
}

static dcnn_status assume(const dcnn_work *work, const char *assumption)
{
    const dcnn_tensor *x = dcnn_in(work, 0);
    dcnn_shape shape;
    dcnn_status status = DCNN_OK;

    if (!x) return dcnn_bad(work, "it has no first input whose type could be assumed");
    shape = x->shape;
    if (assumption[0] && !dcnn_shape_parse(assumption, &shape))
        return dcnn_bad(work, "what is assumed of it is no shape like 1x64x28x28: \"%.100s\"", assumption);
    for (int k = 0; k < work->node->output_count && !status; k++) status = dcnn_give(work, k, x->type, &shape);
    return status;
}

static dcnn_status rule_shapes(const dcnn_work *work)
{
    dcnn_status status = work->node->op->shape(work);

    for (int k = 0; !status && k < work->node->output_count; k++)
        if (dcnn_out(work, k) && !dcnn_out(work, k)->known)
            status = dcnn_bad(work, "its output %d is not supported", k + 1);
    return status;
}

/* *quiet = the operator has been told of at another node. */
static dcnn_status fail_unknown(struct inference *in, const dcnn_work *work, bool *quiet)
{
    int known = in->unknown.count;

    if (dcnn_nametable_add(&in->unknown, work->node->type) < 0) return dcnn_fail_memory(work->err);
    *quiet = in->unknown.count == known;
    return dcnn_bad(work, "an operator that is not known; what it does to shapes can be assumed");
}

/* By the operator's rule; where there is none, or it does not get through, by what the user says. */
static dcnn_status set_shapes(struct inference *in, const dcnn_work *work, dcnn_node *node, bool *quiet)
{
    const char *assumption = find_assumption(node, in->options);
    dcnn_status status = DCNN_OK;

    if (node->op) {
        status = rule_shapes(work);
        if (!status || status == DCNN_E_MEMORY || !assumption) return status;
    }
    if (!assumption) return fail_unknown(in, work, quiet);
    node->assumed = true;
    return assume(work, assumption);
}

/* Weights that a constant is made of: what the file stores for it, or what the node itself makes. Those of one tensor
 * alone stay that tensor's, so that a copy of a weight is no second one. */
static void set_weights(const dcnn_work *work)
{
    const dcnn_operator *op = work->node->assumed ? NULL : work->node->op;
    bool own = work->node->output_count != 1 || (op && op->trait == DCNN_TRAIT_SOURCE);
    const dcnn_tensor *only = NULL;
    int64_t count = 0, bytes = 0;
    int makers = 0;

    for (int k = 0; k < work->node->input_count && !own; k++) {
        const dcnn_tensor *x = dcnn_in(work, k);
        if (!x || !x->constant || dcnn_is_setting(work->node, k)) continue;
        count = dcnn_count_plus(count, x->weight_count);
        bytes = dcnn_count_plus(bytes, x->weight_bytes);
        only = x;
        makers++;
    }
    if (op && op->trait == DCNN_TRAIT_ABOUT) count = bytes = makers = 0;
    for (int k = 0; k < work->node->output_count; k++) {
        dcnn_tensor *y = dcnn_out(work, k);
        if (!y) continue;
        y->constant = true;
        y->weight_count = own ? dcnn_shape_count(&y->shape) : count;
        y->weight_bytes = own ? y->bytes : bytes;
        if (makers == 1) y->source = only->source;
    }
}

static void fold(const dcnn_work *work)
{
    dcnn_tensor *y = dcnn_out(work, 0);
    int64_t count = y ? dcnn_shape_count(&y->shape) : 0;
    dcnn_number *numbers;

    if (!y || !work->node->op || work->node->assumed || !work->node->op->fold || count > DCNN_NUMBERS_MAX || y->stored)
        return;
    numbers = dcnn_pool_take(work->graph->pool, (size_t)count, sizeof *numbers);
    if (!numbers)
        work->graph->out_of_memory = true;
    else if (work->node->op->fold(work, numbers, count))
        y->numbers = numbers;
}

static bool counts(dcnn_ops_kind kind, unsigned count)
{
    return kind == DCNN_OPS_HEAVY || (kind == DCNN_OPS_POOL && count & DCNN_COUNT_POOL) ||
           (kind == DCNN_OPS_ADD && count & DCNN_COUNT_ADD) || (kind == DCNN_OPS_MUL && count & DCNN_COUNT_MUL);
}

static dcnn_status set_ops(struct inference *in, const dcnn_work *work, dcnn_node *node)
{
    const dcnn_operator *op = node->op;

    if (!op || node->assumed || !op->count || !dcnn_out(work, 0)) return DCNN_OK;
    node->heavy = op->kind == DCNN_OPS_HEAVY;
    if (!counts(op->kind, in->options->count)) return DCNN_OK;
    node->ops = op->count(work);
    in->ops = dcnn_count_plus(in->ops, node->ops);
    return in->ops > DCNN_COUNT_MAX ? dcnn_bad(work, "the operations up to here are more than 2^53") : DCNN_OK;
}

/* Sums of bytes stay countable, so that later sums need no checks. */
static dcnn_status add_bytes(struct inference *in, const dcnn_work *work)
{
    for (int k = 0; k < work->node->output_count; k++) {
        const dcnn_tensor *y = dcnn_out(work, k);
        if (y) in->bytes = dcnn_count_plus(in->bytes, y->bytes);
    }
    for (int k = 0; k < work->node->input_count; k++) {
        const dcnn_tensor *x = dcnn_in(work, k);
        if (x && x->constant) in->weights = dcnn_count_plus(in->weights, x->weight_bytes);
        if (x && x->constant) in->weights = dcnn_count_plus(in->weights, x->weight_count);
    }
    if (in->bytes > DCNN_COUNT_MAX) return dcnn_bad(work, "the tensors up to here hold more than 2^53 bytes");
    if (in->weights > DCNN_COUNT_MAX) return dcnn_bad(work, "the weights up to here hold more than 2^53 bytes");
    return DCNN_OK;
}

static void forget(const dcnn_work *work)
{
    for (int k = 0; k < work->node->output_count; k++)
        if (dcnn_out(work, k)) dcnn_out(work, k)->known = false;
}

static dcnn_status infer_node(struct inference *in, dcnn_node *node)
{
    dcnn_error err;
    dcnn_work work = {in->graph, node, &err};
    dcnn_status status;
    bool constant, quiet = false;

    if (!inputs_known(&work, &constant)) return DCNN_OK;
    node->constant = constant;
    status = set_shapes(in, &work, node, &quiet);
    if (!status && constant) {
        set_weights(&work);
        fold(&work);
    } else if (!status) {
        status = set_ops(in, &work, node);
    }
    if (!status) status = add_bytes(in, &work);
    if (in->graph->out_of_memory) status = dcnn_fail_memory(&err);
    if (!status) return DCNN_OK;
    if (!quiet) dcnn_faults_add(in->faults, &err);
    forget(&work);
    return status == DCNN_E_MEMORY ? status : DCNN_OK;
}

dcnn_status dcnn_onnx_infer(dcnn_graph *graph, const int *order, int count, const dcnn_model_options *options,
                            dcnn_faults *faults)
{
    struct inference in = {.graph = graph, .options = options, .faults = faults};
    dcnn_status status = DCNN_OK;

    for (int k = 0; k < count && !status; k++) status = infer_node(&in, &graph->nodes[order[k]]);
    dcnn_nametable_clear(&in.unknown);
    return faults->status;
}
