#include "certificate/certificate_new.h"
#include "solve/cuts.h"
#include "solve/run.h"
#include <stdlib.h>
#include <string.h>

/* Certificates: the bound is proven once more, by a search that has nothing to find and writes down what it does
 * (docs/certificate-format.md). Candidates are struck out by recorded prices only, so that whoever follows sees the
 * same. */
enum {
    ASCENT_ROUNDS = 400,
    NODES_MAX = 100000,
    LIST_MAX_EXCLUSIVE = 60000, /* where units take one layer */
    CUT_ENTRIES = DCNN_CUT_ROWS * (DCNN_CUT_DIVISOR_MAX - 1)
};
/* Steps of a contest where units take several layers: there branching tells as much, and whoever follows has less to
 * do. */
static const size_t light_steps = 1500000;
static const double pairs_max = 1e8; /* of units, over all layers */

typedef struct {
    dcnn_core *core;
    dcnn_certificate *certificate;
    dcnn_proof_part *part;
    int64_t *fixed;        /* [rows] */
    dcnn_node_result node; /* of the last column generation; its price is [rows] */
    dcnn_listed_proof listed;
    double *first_price; /* [rows] */
    int *cnns;           /* [CUT_ENTRIES] of a cut */
    int nodes;
} prover;

/* --- writing down --- */

static bool write_prices(prover *p, dcnn_price_set *set, const double *price)
{
    const dcnn_coupling *rows = p->core->rows;

    dcnn_coupling_fix(rows, price, p->fixed);
    for (int r = 0; r < rows->row_count; r++) {
        dcnn_row_price entry = {dcnn_row_name_of(&rows->rows[r]), p->fixed[r], rows->rows[r].bits};
        if (p->fixed[r] != 0 && !dcnn_certificate_add_price(p->certificate, set, &entry)) return false;
    }
    return true;
}

static bool write_cut(prover *p, dcnn_price_set *set, const dcnn_cut *cut, int64_t charge)
{
    dcnn_row_name names[CUT_ENTRIES];
    dcnn_cut_price entry = {.price = charge, .divisor = cut->divisor, .cnns = p->cnns, .rows = names};
    int chains = p->core->problem->chain_count;

    if (charge == 0) return true;
    for (int k = 0; k < cut->row_count; k++)
        for (int w = 0; w < cut->weights[k]; w++) {
            if (cut->rows[k] < chains)
                p->cnns[entry.cnn_count++] = cut->rows[k];
            else
                names[entry.row_count++] = dcnn_row_name_of(&p->core->rows->rows[cut->rows[k] - chains]);
        }
    return dcnn_certificate_add_cut(p->certificate, set, &entry);
}

static bool write_listed(prover *p, dcnn_proof_node *node, const double *price)
{
    node->kind = DCNN_NODE_LISTED;
    if (!write_prices(p, &node->listed, price)) return false;
    if (p->listed.stage_count > 0 && !dcnn_certificate_set_contested(p->certificate, node, p->listed.contested,
                                                                     p->listed.stages, p->listed.stage_count))
        return false;
    for (size_t k = 0; k < p->listed.count; k++) {
        const dcnn_listed_set *set = &p->listed.sets[k];
        dcnn_price_set *then = dcnn_certificate_add_then(p->certificate, node);
        if (!then || !write_prices(p, then, set->price)) return false;
        for (size_t c = 0; c < set->cut_count; c++)
            if (!write_cut(p, then, &set->cuts[c], set->charge[c])) return false;
    }
    return true;
}

/* --- proving --- */

static bool layer_is_empty(const dcnn_core *core, bool *const *allowed)
{
    for (int u = 0; u < core->problem->chain_count; u++) {
        const dcnn_chain *chain = core->problem->chains[u];
        for (int j = 0; j < chain->layer_count; j++) {
            bool empty = true;
            for (int x = chain->first[j]; x < chain->first[j + 1] && empty; x++) empty = !allowed[u][x];
            if (empty) return true;
        }
    }
    return false;
}

/* Strikes out what the prices rule out. *bound: of the chains. */
static dcnn_status strike(prover *p, bool **allowed, const double *price, dcnn_tick *bound, dcnn_error *err)
{
    dcnn_core *core = p->core;
    dcnn_view *view;
    dcnn_tick constant;
    dcnn_status status = dcnn_view_new(&view, core, allowed, err);

    if (status) return status;
    *bound = dcnn_view_price(view, core, price, &constant);
    for (int u = 0; u < core->problem->chain_count && *bound < core->cutoff && !status; u++)
        *bound += dcnn_view_sharpen(view, u, &status, err);
    if (!status && *bound < core->cutoff) {
        (void)dcnn_view_fix(view, core, *bound, allowed);
        if (layer_is_empty(core, allowed)) *bound = dcnn_tick_never;
    }
    dcnn_view_free(view);
    return status;
}

static dcnn_status record_step(prover *p, dcnn_proof_node *node, const double *price, dcnn_error *err)
{
    dcnn_price_set *step = dcnn_certificate_add_step(p->certificate, node);

    return step && write_prices(p, step, price) ? DCNN_OK : dcnn_fail_memory(err);
}

/* Tries the prices: *closed when they, or the list under them, settle the node. */
static dcnn_status try_prices(prover *p, dcnn_proof_node *node, bool **allowed, const double *price, bool listing,
                              bool *closed, dcnn_error *err)
{
    dcnn_tick bound;
    dcnn_status status = strike(p, allowed, price, &bound, err);

    *closed = false;
    if (status) return status;
    if (bound >= p->core->cutoff) {
        *closed = true;
    } else {
        dcnn_listing lists = {.price = price, .contest = true, .proof = &p->listed, .bound = -dcnn_tick_never};
        if ((status = record_step(p, node, price, err))) return status;
        if (!listing) return DCNN_OK;
        if ((status = dcnn_enumerate(p->core, allowed, &lists, err))) return status;
        *closed = lists.done;
    }
    if (*closed && !write_listed(p, node, price)) status = dcnn_fail_memory(err);
    dcnn_listed_proof_clear(&p->listed);
    return status;
}

static dcnn_status prove(prover *p, bool *const *inherited, const double *price, dcnn_error *err);

static dcnn_status split(prover *p, dcnn_proof_node *node, bool *const *allowed, dcnn_error *err)
{
    dcnn_core *core = p->core;
    double *price = dcnn_take(dcnn_core_price_count(core), sizeof *price);
    dcnn_decision d;
    dcnn_status status = price ? DCNN_OK : dcnn_fail_memory(err);

    if (!status) status = dcnn_decide(core, allowed, p->node.use, &d, err);
    if (!status && d.chain < 0) status = dcnn_fail(err, DCNN_E_INTERNAL, "", "nothing left to branch on in a proof");
    if (!status) {
        memcpy(price, p->node.price, dcnn_core_price_count(core) * sizeof *price);
        node->kind = DCNN_NODE_SPLIT;
        node->cnn = d.chain;
        node->layer = d.layer;
        node->unit = d.unit;
    }
    for (int yes = 1; yes >= 0 && !status; yes--) {
        bool **child = dcnn_allowed_copy(core, allowed);
        if (!child)
            status = dcnn_fail_memory(err);
        else
            dcnn_decision_apply(core, &d, yes, child);
        if (!status) status = prove(p, child, price, err);
        dcnn_allowed_free(core, child);
    }
    free(price);
    return status;
}

/* One node with all below it. */
static dcnn_status prove(prover *p, bool *const *inherited, const double *price, dcnn_error *err)
{
    dcnn_core *core = p->core;
    dcnn_proof_node *node = dcnn_certificate_add_node(p->certificate, p->part);
    bool **allowed = dcnn_allowed_copy(core, inherited), closed = false;
    dcnn_status status = node && allowed ? DCNN_OK : dcnn_fail_memory(err);

    if (!status && (++p->nodes > NODES_MAX || dcnn_core_should_stop(core)))
        status = dcnn_fail(err, DCNN_E_INFEASIBLE, "", "the certificate would be too long, or was interrupted");
    if (!status) status = try_prices(p, node, allowed, price, false, &closed, err);
    if (!status && !closed) {
        memcpy(p->node.price, price, dcnn_core_price_count(core) * sizeof *price);
        status = dcnn_generate_columns(core, allowed, &p->node, err);
    }
    if (!status && !closed) status = try_prices(p, node, allowed, p->node.price, true, &closed, err);
    if (!status && core->has_best)
        status = dcnn_fail(err, DCNN_E_INTERNAL, "", "the proof found a placement below the bound it is for");
    if (!status && !closed) status = split(p, node, allowed, err);
    dcnn_allowed_free(core, allowed);
    return status;
}

static bool take_arrays(prover *p)
{
    size_t rows = (size_t)p->core->rows->row_count, prices = dcnn_core_price_count(p->core);

    p->fixed = dcnn_take(rows, sizeof *p->fixed);
    p->first_price = dcnn_take(prices, sizeof *p->first_price);
    p->node.price = dcnn_take(prices, sizeof *p->node.price);
    p->node.use = dcnn_take(dcnn_problem_flats(p->core->problem), sizeof *p->node.use);
    p->cnns = dcnn_take(CUT_ENTRIES, sizeof *p->cnns);
    return p->fixed && p->first_price && p->node.price && p->node.use && p->cnns;
}

/* No placement of the problem has a sum below below_ns. Takes the problem over. */
static dcnn_status prove_part(dcnn_run *run, dcnn_certificate *certificate, dcnn_problem *problem, int64_t cap_ns,
                              int64_t below_ns, dcnn_error *err)
{
    prover p = {.certificate = certificate,
                .node = {.all_stay = true},
                .part = dcnn_certificate_add_part(certificate, cap_ns, below_ns)};
    dcnn_task task = dcnn_run_task(run);
    dcnn_options options = *run->options;
    bool **scratch = NULL;
    dcnn_tick bound;
    dcnn_status status;

    options.gap = options.time_limit_s = 0;
    options.without = 0;
    options.node_limit = 0;
    options.progress = NULL;
    task.options = &options;
    if (dcnn_problem_is_exclusive(problem))
        task.list_max = LIST_MAX_EXCLUSIVE;
    else
        task.contest_steps = light_steps;
    if ((status = dcnn_core_new(&p.core, problem, &task, err))) return status;
    dcnn_core_cut(p.core, below_ns * p.core->one_ns);
    if (!p.part || !take_arrays(&p) || !(scratch = dcnn_allowed_copy(p.core, p.core->allowed)))
        status = dcnn_fail_memory(err);
    if (!status && run->best_ns != DCNN_NEVER) status = dcnn_master_add_placement(p.core, run->units, err);
    if (!status) status = dcnn_lagrange(p.core, scratch, p.first_price, ASCENT_ROUNDS, &bound, err);
    if (!status) status = prove(&p, p.core->allowed, p.first_price, err);
    dcnn_allowed_free(p.core, scratch);
    dcnn_listed_proof_clear(&p.listed);
    free(p.cnns);
    free(p.node.use);
    free(p.node.price);
    free(p.first_price);
    free(p.fixed);
    dcnn_core_free(p.core);
    return status;
}

static dcnn_status prove_capped(dcnn_run *run, dcnn_certificate *certificate, int64_t cap_ns, int64_t below_ns,
                                dcnn_error *err)
{
    dcnn_tick one_ns = (dcnn_tick)1 << run->instance->tick_bits;
    dcnn_problem *whole = NULL, *part;
    dcnn_status status = dcnn_problem_new(&whole, run->instance, err);

    if (!status && cap_ns == DCNN_NEVER) {
        status = prove_part(run, certificate, whole, cap_ns, below_ns, err);
        whole = NULL;
    } else if (!status) {
        status = dcnn_problem_part(&part, whole, NULL, 0, NULL, NULL, cap_ns * one_ns, err);
        if (!status) status = prove_part(run, certificate, part, cap_ns, below_ns, err);
    }
    dcnn_problem_free(whole);
    return status;
}

/* Whether tables of all pairs of units are small enough. */
static bool has_tables(const dcnn_instance *in)
{
    double pairs = 0;

    for (int c = 0; c < in->cnn_count; c++)
        pairs += (double)in->chains[c].layer_count * in->unit_count * in->unit_count;
    return pairs <= pairs_max;
}

/* The objective sum: by the regions' bound, or by tables. */
static dcnn_status prove_sum(dcnn_run *run, dcnn_certificate *certificate, int64_t below_ns, dcnn_error *err)
{
    dcnn_proof_part *part;

    if (dcnn_region_proof_bound(run) < below_ns) return prove_capped(run, certificate, DCNN_NEVER, below_ns, err);
    part = dcnn_certificate_add_part(certificate, DCNN_NEVER, below_ns);
    return part && dcnn_region_proof_write(run, certificate, part) ? DCNN_OK : dcnn_fail_memory(err);
}

/* Where the last of an unfinished search's bound came from among too many units for tables, the run falls back on what
 * its regions prove. */
static dcnn_status fall_back(dcnn_run *run, dcnn_error *err)
{
    dcnn_result result = dcnn_run_result(run);
    int64_t bound_ns = dcnn_region_proof_bound(run);

    if (run->instance->scenario->objective != DCNN_OBJECTIVE_SUM || has_tables(run->instance)) return DCNN_OK;
    if (bound_ns >= result.bound_ns) return DCNN_OK;
    if (bound_ns == 0 || result.proof != DCNN_PROOF_NONE)
        return dcnn_fail(err, DCNN_E_ARGUMENT, "", "the proof was found among too many units for a certificate");
    run->bound_ns = bound_ns;
    return DCNN_OK;
}

dcnn_status dcnn_run_certify(dcnn_run *run, dcnn_certificate **out, dcnn_error *err)
{
    const dcnn_instance *in = run->instance;
    dcnn_certificate *certificate = NULL;
    dcnn_result result;
    dcnn_status status;

    *out = NULL;
    if ((status = fall_back(run, err))) return status;
    result = dcnn_run_result(run);
    certificate = dcnn_certificate_new(in->scenario, result.bound_ns, in->tick_bits);
    if (!certificate) status = dcnn_fail_memory(err);
    if (status || result.bound_ns == 0) goto done; /* that needs no proof */
    if (result.proof == DCNN_PROOF_INFEASIBLE)
        status = prove_sum(run, certificate, in->worst_ns, err);
    else if (in->scenario->objective == DCNN_OBJECTIVE_SUM)
        status = prove_sum(run, certificate, result.bound_ns, err);
    else {
        status = prove_capped(run, certificate, result.bound_ns - 1, in->worst_ns, err);
        if (!status && result.proof == DCNN_PROOF_OPTIMAL)
            status = prove_capped(run, certificate, result.bound_ns, run->sum_ns, err);
    }
done:
    if (status)
        dcnn_certificate_free(certificate);
    else
        *out = certificate;
    return status;
}
