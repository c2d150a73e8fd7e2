/* proof_cuts.c - the sum of some rows, divided by d and rounded down (Chvatal and Gomory): with a(x) what column x
 * takes of the rows and b what there is of them, all combinations have sum floor(a(x) / d) <= floor(b / d). */
#include "proof.h"
#include <stdlib.h>

/* A row of a cut on a unit. */
typedef struct {
    int cut, next;
    dcnn_row_name row;
} entry;

typedef struct {
    entry *entries;
    int *head;       /* [slot_count] its entries; -1 = none */
    dcnn_wide *base; /* [cut_count] what every column of the CNN at hand takes */
    dcnn_wide *more; /* [cut_count] what the column at hand takes besides */
    int *touched;    /* [cut_count] cuts it takes something of */
} cutter;

static bool init(cutter *t, const dcnn_proof_check *p, const dcnn_price_set *set)
{
    size_t row_count = 0;

    for (int k = 0; k < set->cut_count; k++) row_count += (size_t)set->cuts[k].row_count;
    t->entries = row_count > INT32_MAX ? NULL : dcnn_take(row_count, sizeof *t->entries);
    t->head = dcnn_take((size_t)p->slot_count, sizeof *t->head);
    t->base = dcnn_take((size_t)set->cut_count, sizeof *t->base);
    t->more = dcnn_take((size_t)set->cut_count, sizeof *t->more);
    t->touched = dcnn_take((size_t)set->cut_count, sizeof *t->touched);
    for (int u = 0; u < p->slot_count && t->head; u++) t->head[u] = -1;
    return t->entries && t->head && t->base && t->more && t->touched;
}

static void clear(cutter *t)
{
    free(t->entries);
    free(t->head);
    free(t->base);
    free(t->more);
    free(t->touched);
}

/* Lists the rows of all cuts by the units they are about. */
static void list_rows(cutter *t, const dcnn_proof_check *p, const dcnn_price_set *set)
{
    int count = 0;

    for (int k = 0; k < set->cut_count; k++)
        for (int r = 0; r < set->cuts[k].row_count; r++) {
            int slot = dcnn_proof_find_slot(p, set->cuts[k].rows[r].unit);
            if (slot < 0) continue;
            t->entries[count] = (entry){k, t->head[slot], set->cuts[k].rows[r]};
            t->head[slot] = count++;
        }
}

/* --- what capacities are charged --- */

static dcnn_case charge_capacity(dcnn_proof_check *p, const dcnn_cut_price *cut, dcnn_wide *lambda)
{
    dcnn_wide capacity = cut->cnn_count;

    if (cut->divisor < 1) return dcnn_proof_refuse(p, "a cut divided by %d", cut->divisor);
    for (int r = 0; r < cut->row_count; r++) {
        int64_t most = dcnn_proof_capacity(p->scenario, &cut->rows[r]);
        if (most == DCNN_UNLIMITED)
            return dcnn_proof_refuse(p, "a cut of what unit %d has without limit", cut->rows[r].unit);
        capacity += most;
    }
    if (cut->price > 0 && capacity / cut->divisor > DCNN_PROOF_CHARGE_MAX / cut->price)
        return dcnn_proof_refuse(p, "the cuts charge more than can be counted");
    *lambda += cut->price * (capacity / cut->divisor);
    return DCNN_CASE_OPEN;
}

dcnn_case dcnn_proof_cut_capacities(dcnn_proof_check *p, const dcnn_price_set *set, int64_t *lambda)
{
    dcnn_wide sum = *lambda;
    dcnn_case state = DCNN_CASE_OPEN;

    for (int k = 0; k < set->cut_count && !state; k++) state = charge_capacity(p, &set->cuts[k], &sum);
    if (state) return state;
    if (sum > DCNN_PROOF_CHARGE_MAX) return dcnn_proof_refuse(p, "the cuts charge more than can be counted");
    *lambda = (int64_t)sum;
    return DCNN_CASE_OPEN;
}

/* --- what columns are charged: no more than capacities are --- */

/* Sets what every column of CNN c takes; returns what that is charged. */
static int64_t charge_cnn(cutter *t, const dcnn_price_set *set, int c)
{
    int64_t charged = 0;

    for (int k = 0; k < set->cut_count; k++) {
        t->base[k] = 0;
        for (int e = 0; e < set->cuts[k].cnn_count; e++) t->base[k] += set->cuts[k].cnns[e] == c;
        charged += (int64_t)(set->cuts[k].price * (t->base[k] / set->cuts[k].divisor));
    }
    return charged;
}

/* What a column is charged besides. */
static int64_t charge_column(cutter *t, const dcnn_proof_cnn *cnn, const dcnn_price_set *set, const uint16_t *path)
{
    int64_t charged = 0;
    int touched = 0;

    for (int j = 0; j < cnn->layer_count; j++)
        for (int e = cnn->layers[j].counted ? t->head[path[j]] : -1; e >= 0; e = t->entries[e].next) {
            int64_t amount = dcnn_proof_amount(&cnn->layers[j], &t->entries[e].row);
            int k = t->entries[e].cut;
            if (amount > 0 && t->more[k] == 0) t->touched[touched++] = k;
            t->more[k] += amount;
        }
    for (int m = 0; m < touched; m++) {
        int k = t->touched[m], d = set->cuts[k].divisor;
        charged += (int64_t)(set->cuts[k].price * ((t->base[k] + t->more[k]) / d - t->base[k] / d));
        t->more[k] = 0;
    }
    return charged;
}

static void charge_columns(cutter *t, dcnn_proof_check *p, const dcnn_price_set *set, int c)
{
    const dcnn_proof_cnn *cnn = &p->cnns[c];
    dcnn_proof_columns *columns = &p->columns[c];
    int64_t charged = charge_cnn(t, set, c);

    for (int k = 0; k < columns->count; k++)
        columns->cost[k] += charged + charge_column(t, cnn, set, dcnn_proof_path(p, c, k));
}

dcnn_case dcnn_proof_cut(dcnn_proof_check *p, const dcnn_price_set *set)
{
    cutter t = {0};
    dcnn_case state;

    if (set->cut_count == 0) return DCNN_CASE_OPEN;
    if ((state = dcnn_proof_cut_capacities(p, set, &p->lambda))) return state;
    if (!init(&t, p, set)) {
        clear(&t);
        return dcnn_proof_lost(p);
    }
    list_rows(&t, p, set);
    for (int c = 0; c < p->scenario->cnn_count; c++) charge_columns(&t, p, set, c);
    clear(&t);
    return DCNN_CASE_OPEN;
}
