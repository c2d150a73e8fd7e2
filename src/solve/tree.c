#include "solve/master_cuts.h"
#include <stdlib.h>
#include <string.h>

enum {
    ENUMERATE_EVERY = 3,
    RECREATIONS = 100,
    CUT_ROUNDS = 40,
    CUTS_IN_VAIN = 2,
    CUT_LABELS = 250000,
    GLANCE_LIST_SHARE = 20,
    GLANCE_CONTEST_SHARE = 16,
    DIVE_EVERY = 3,
    DIVES_IN_VAIN = 12,
    DIVE_PARTS = 4,
    PART_ROUNDS = 200
};
static const double cut_gain = 0.1; /* of what all rounds of cuts gained, or of the gap: less is in vain */

/* An open node: which candidates it still has, and where its parent's prices stood. */
typedef struct {
    bool **allowed; /* [chain][root flat] */
    double *price;  /* [rows] */
    dcnn_tick bound;
    dcnn_tick enumerated_gap;    /* an enumeration with this much slack was given up in an ancestor */
    int depth, enumerated_depth; /* of that ancestor */
} tree_node;

typedef struct {
    dcnn_core *core;
    tree_node **open; /* heap, least bound first */
    size_t count, room;
    double *use;
    const double *price; /* of the root, before there were columns */
    int64_t nodes_max;   /* after so many the search starts anew, by speeds; INT64_MAX = it has */
    int dive_part;       /* the next dive is for this part of the gap */
    int dives_in_vain;   /* since the last that found something */
} tree;

static void node_free(tree_node *node, const dcnn_core *core)
{
    if (!node) return;
    dcnn_allowed_free(core, node->allowed);
    free(node->price);
    free(node);
}

static tree_node *node_new(const dcnn_core *core, bool *const *allowed, const double *price)
{
    tree_node *node = dcnn_take(1, sizeof *node);

    if (!node) return NULL;
    node->allowed = dcnn_allowed_copy(core, allowed);
    node->price = dcnn_take(dcnn_core_price_count(core), sizeof *node->price);
    if (!node->allowed || !node->price) {
        node_free(node, core);
        return NULL;
    }
    memcpy(node->price, price, dcnn_core_price_count(core) * sizeof *price);
    return node;
}

static bool node_before(const tree_node *a, const tree_node *b)
{
    return a->bound != b->bound ? a->bound < b->bound : a->depth > b->depth;
}

static bool push(tree *t, tree_node *node)
{
    size_t at = t->count;

    if (!dcnn_reserve((void **)&t->open, &t->room, t->count, sizeof *t->open)) return false;
    t->count++;
    while (at > 0 && node_before(node, t->open[(at - 1) / 2])) {
        t->open[at] = t->open[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    t->open[at] = node;
    return true;
}

static tree_node *pop(tree *t)
{
    tree_node *top = t->open[0], *last = t->open[--t->count];
    size_t at = 0;

    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= t->count) break;
        if (child + 1 < t->count && node_before(t->open[child + 1], t->open[child])) child++;
        if (!node_before(t->open[child], last)) break;
        t->open[at] = t->open[child];
        at = child;
    }
    if (t->count > 0) t->open[at] = last;
    return top;
}

static dcnn_status branch(tree *t, const tree_node *parent, const dcnn_decision *d, dcnn_error *err)
{
    dcnn_core *core = t->core;

    for (int yes = 0; yes <= 1; yes++) {
        tree_node *child = node_new(core, parent->allowed, parent->price);
        if (!child) return dcnn_fail_memory(err);
        child->bound = parent->bound;
        child->enumerated_gap = parent->enumerated_gap;
        child->depth = parent->depth + 1;
        child->enumerated_depth = parent->enumerated_depth;
        dcnn_decision_apply(core, d, yes, child->allowed);
        if (!push(t, child)) {
            node_free(child, core);
            return dcnn_fail_memory(err);
        }
    }
    return DCNN_OK;
}

/* A node that a stop left unfinished still counts for the bound. */
static dcnn_status put_back(tree *t, const tree_node *node, dcnn_error *err)
{
    tree_node *again = node_new(t->core, node->allowed, node->price);

    if (again) again->bound = node->bound;
    if (again && push(t, again)) return DCNN_OK;
    node_free(again, t->core);
    return dcnn_fail_memory(err);
}

static bool is_open(const dcnn_core *core, const tree_node *node)
{
    return !core->stopped && node->bound < core->cutoff;
}

/* Lists that were given up are tried again closer to the bound, or with a few more decisions taken. */
static bool worth_listing(const dcnn_core *core, const tree_node *node)
{
    dcnn_tick gap = core->cutoff - node->bound;

    if (!is_open(core, node) || !dcnn_core_uses(core, DCNN_IDEA_LISTS)) return false;
    if (node->enumerated_gap == 0 || gap * 3 < node->enumerated_gap * 2) return true;
    return node->depth >= node->enumerated_depth + ENUMERATE_EVERY;
}

/* Generates columns, and lifts the node's bound by what they prove (*proven). */
static dcnn_status generate(tree *t, tree_node *node, dcnn_tick *proven, dcnn_error *err)
{
    dcnn_node_result result = {.price = node->price, .use = t->use, .whole = t->count == 0};
    dcnn_status status = dcnn_generate_columns(t->core, node->allowed, &result, err);

    *proven = result.bound;
    if (!status && result.bound > node->bound) node->bound = result.bound;
    return status;
}

/* Cuts and columns by turns, while the master's bound, now at proven, rises; one turn in vain is often followed by one
 * that is not. After so many labels only turns that close a good part of the gap are worth another. */
static dcnn_status cut(tree *t, tree_node *node, dcnn_tick proven, dcnn_error *err)
{
    dcnn_core *core = t->core;
    dcnn_tick start = proven;
    int64_t labels_max = core->labels + (int64_t)core->problem->chain_count * CUT_LABELS;
    int in_vain = 0;
    dcnn_status status = DCNN_OK;

    for (int round = 0; round < CUT_ROUNDS && !core->stopped && node->bound < core->cutoff; round++) {
        dcnn_tick before = proven;
        double gain;
        int added;
        if ((status = dcnn_master_separate(core, &added, err))) return status;
        if (added == 0) return DCNN_OK;
        if ((status = generate(t, node, &proven, err))) return status;
        gain = (double)(proven - before);
        in_vain = gain > cut_gain * (double)(proven - start) ? 0 : in_vain + 1;
        if (in_vain == CUTS_IN_VAIN) return DCNN_OK;
        if (core->labels > labels_max && gain < cut_gain * (double)(core->cutoff - before)) return DCNN_OK;
    }
    return DCNN_OK;
}

/* Lists the node's columns, which settles it if they are few enough. */
static dcnn_status list(const tree *t, tree_node *node, dcnn_error *err)
{
    dcnn_core *core = t->core;
    dcnn_listing listing = {
        .price = node->price, .contest = dcnn_core_uses(core, DCNN_IDEA_CONTESTS), .bound = node->bound};
    dcnn_status status = dcnn_enumerate(core, node->allowed, &listing, err);

    node->bound = listing.bound;
    node->enumerated_gap = core->cutoff - node->bound;
    node->enumerated_depth = node->depth;
    return status;
}

/* Dives leave columns behind, which every later program carries along: where they find nothing, they end. */
static bool may_dive(const tree *t, const tree_node *node)
{
    return dcnn_core_uses(t->core, DCNN_IDEA_DIVING) && node->depth % DIVE_EVERY == 0 &&
           t->dives_in_vain < DIVES_IN_VAIN;
}

/* Dives for the lower part of the gap, the next time for more of it, and lists anew where a better placement makes
 * lists shorter. */
static dcnn_status dive(tree *t, tree_node *node, dcnn_error *err)
{
    dcnn_core *core = t->core;
    dcnn_tick aim = dcnn_core_ceil(core, node->bound + (core->cutoff - node->bound) / t->dive_part);
    dcnn_tick before = core->best_cost;
    dcnn_status status;

    status = dcnn_dive(core, node->allowed, node->price, t->dive_part > 1 ? aim : dcnn_tick_never, err);
    t->dive_part = t->dive_part > 1 ? t->dive_part / 2 : DIVE_PARTS;
    t->dives_in_vain = core->best_cost < before ? 0 : t->dives_in_vain + 1;
    return status || !worth_listing(core, node) ? status : list(t, node, err);
}

/* The root's candidates are everybody's; its prices suit ruin and recreate. */
static dcnn_status take_root(tree *t, tree_node *root, dcnn_error *err)
{
    dcnn_core *core = t->core;

    for (int u = 0; u < core->problem->chain_count; u++)
        memcpy(core->allowed[u], root->allowed[u], (size_t)core->problem->chains[u]->size);
    if (!dcnn_core_uses(core, DCNN_IDEA_RECREATION)) return DCNN_OK;
    return dcnn_ruin_and_recreate(core, root->price, RECREATIONS, err);
}

/* Bounds the node: columns, then lists, and at the root cuts between them. proven is what the master says. */
static dcnn_status bound(tree *t, tree_node *node, dcnn_error *err)
{
    dcnn_core *core = t->core;
    dcnn_tick proven;
    dcnn_status status = generate(t, node, &proven, err);

    if (!status && node->depth == 0 && node->bound < core->cutoff) status = take_root(t, node, err);
    if (!status && worth_listing(core, node)) status = list(t, node, err);
    if (node->depth > 0 || !dcnn_core_uses(core, DCNN_IDEA_MASTER_CUTS)) return status;
    if (!status && is_open(core, node)) status = cut(t, node, proven, err);
    if (!status && worth_listing(core, node)) status = list(t, node, err);
    return status;
}

static dcnn_status process(tree *t, tree_node *node, dcnn_error *err)
{
    dcnn_core *core = t->core;
    dcnn_decision d = {.chain = -1};
    dcnn_status status;

    core->nodes++;
    for (int u = 0; u < core->problem->chain_count; u++)
        for (int x = 0; x < core->problem->chains[u]->size; x++)
            node->allowed[u][x] = node->allowed[u][x] && core->allowed[u][x];
    status = bound(t, node, err);
    if (!status && is_open(core, node)) status = dcnn_decide(core, node->allowed, t->use, &d, err);
    if (!status && is_open(core, node) && d.chain < 0) status = list(t, node, err);
    if (!status && is_open(core, node) && may_dive(t, node)) status = dive(t, node, err);
    if (status || node->bound >= core->cutoff) return status;
    if (core->stopped) return put_back(t, node, err);
    if (d.chain < 0) return dcnn_fail(err, DCNN_E_INTERNAL, "", "nothing left to branch on in an open node");
    return branch(t, node, &d, err);
}

/* --- anew, by speeds --- */

static void adopt(dcnn_core *core, const dcnn_core *part)
{
    dcnn_load_reset(&core->trial);
    for (int u = 0; u < core->problem->chain_count; u++)
        dcnn_load_place(&core->trial, u, part->best.units[u], part->best.cost[u]);
    (void)dcnn_core_improve(core, &core->trial);
}

/* The node as a problem of its own, with columns and cuts that are about nothing else. */
static dcnn_status solve_part(tree *t, tree_node *node, dcnn_error *err)
{
    dcnn_core *core = t->core, *part = NULL;
    dcnn_options options = core->options;
    dcnn_task task = core->task;
    double *price = NULL;
    dcnn_problem *problem;
    dcnn_status status;

    options.gap = 0;
    task.options = &options;
    task.tell = NULL;
    task.speeds_after = 0;
    task.nodes = core->nodes;
    task.columns = core->columns;
    status = dcnn_problem_part(&problem, core->problem, NULL, 0, NULL, node->allowed, dcnn_tick_never, err);
    if (!status) status = dcnn_core_new(&part, problem, &task, err);
    if (!status && !(price = dcnn_take(dcnn_core_price_count(part), sizeof *price))) status = dcnn_fail_memory(err);
    if (!status) {
        dcnn_core_cut(part, core->best_cost);
        status = dcnn_lagrange(part, part->allowed, price, PART_ROUNDS, &part->bound, err);
    }
    if (!status && !dcnn_core_proven(part)) status = dcnn_tree_search(part, price, err);
    if (!status) {
        core->nodes = part->nodes;
        core->columns = part->columns;
        if (part->has_best) adopt(core, part);
        if (part->bound > node->bound) node->bound = part->bound;
    }
    dcnn_core_free(part);
    free(price);
    return status;
}

/* What is left of the problem when the speeds are chosen: listed, or solved by itself. */
static dcnn_status take_part(void *user, bool *const *allowed, const double *price, dcnn_tick bound, dcnn_error *err)
{
    tree *t = user;
    tree_node *node = node_new(t->core, allowed, price);
    dcnn_status status = DCNN_OK;

    if (!node) return dcnn_fail_memory(err);
    node->bound = bound;
    node->depth = 1;
    if (worth_listing(t->core, node)) status = list(t, node, err);
    if (!status && is_open(t->core, node)) status = solve_part(t, node, err);
    if (!status && node->bound < t->core->cutoff) {
        if (push(t, node)) return DCNN_OK;
        status = dcnn_fail_memory(err);
    }
    node_free(node, t->core);
    return status;
}

static dcnn_status start_anew(tree *t, dcnn_error *err)
{
    dcnn_tick bound = t->open[0]->bound;

    t->nodes_max = INT64_MAX;
    while (t->count > 0) node_free(t->open[--t->count], t->core);
    return dcnn_split_by_speeds(t->core, t->core->allowed, t->price, bound, take_part, t, err);
}

/* --- */

dcnn_status dcnn_tree_glance(dcnn_core *core, const double *price, dcnn_error *err)
{
    tree t = {.core = core};
    dcnn_task task = core->task;
    tree_node *root = node_new(core, core->allowed, price);
    dcnn_tick proven;
    dcnn_status status = DCNN_OK;

    t.use = dcnn_take(dcnn_problem_flats(core->problem), sizeof *t.use);
    if (!root || !t.use) status = dcnn_fail_memory(err);
    if (root) root->bound = core->bound;
    if (!status) status = generate(&t, root, &proven, err);
    core->task.list_max /= GLANCE_LIST_SHARE;
    core->task.contest_steps /= GLANCE_CONTEST_SHARE;
    core->task.settle_work /= DCNN_BRIEF_SETTLE_SHARE;
    if (!status && worth_listing(core, root)) status = list(&t, root, err);
    core->task = task;
    if (!status) core->bound = root->bound < core->best_cost ? root->bound : core->best_cost;
    if (root) node_free(root, core);
    free(t.use);
    return status;
}

static void update_bound(tree *t)
{
    dcnn_core *core = t->core;
    dcnn_tick least = t->count > 0 ? t->open[0]->bound : core->best_cost;

    if (least > core->best_cost) least = core->best_cost;
    if (least > core->bound) core->bound = least;
}

dcnn_status dcnn_tree_search(dcnn_core *core, double *price, dcnn_error *err)
{
    tree t = {.core = core, .price = price, .nodes_max = INT64_MAX, .dive_part = DIVE_PARTS};
    tree_node *root = node_new(core, core->allowed, price);
    dcnn_status status = DCNN_OK;

    t.use = dcnn_take(dcnn_problem_flats(core->problem), sizeof *t.use);
    if (!root || !t.use) status = dcnn_fail_memory(err);
    if (root) root->bound = core->bound;
    if (core->task.speeds_after > 0 && dcnn_core_uses(core, DCNN_IDEA_SPEEDS))
        t.nodes_max = core->nodes + core->task.speeds_after;
    if (!status && !push(&t, root)) status = dcnn_fail_memory(err);
    if (status && root && t.count == 0) node_free(root, core);
    while (!status && t.count > 0) {
        tree_node *node;
        update_bound(&t);
        dcnn_core_tell(core);
        if (dcnn_core_should_stop(core)) break;
        if (core->nodes >= t.nodes_max) {
            status = start_anew(&t, err);
            continue;
        }
        node = pop(&t);
        if (node->bound < core->cutoff) status = process(&t, node, err);
        node_free(node, core);
    }
    if (!status && t.count == 0) core->bound = core->best_cost;
    while (t.count > 0) node_free(t.open[--t.count], core);
    free(t.open);
    free(t.use);
    return status;
}
