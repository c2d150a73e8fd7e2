/* proof_columns.c - the columns of a list. Whatever column takes no less of any unit than another of its CNN, puts
 * shared layers on the same ones and costs no less is left out: in any combination the other would do as well. That is
 * said of what columns cost in the objective, since prices are rounded layer by layer. */
#include "proof.h"
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MIN = 64 };

void dcnn_proof_columns_free(dcnn_proof_columns *columns)
{
    free(columns->cost);
    free(columns->weighted);
    free(columns->hash);
    free(columns->paths);
    free(columns->chained);
    free(columns->heads);
    *columns = (dcnn_proof_columns){0};
}

void dcnn_proof_columns_forget(dcnn_proof_check *p)
{
    for (int c = 0; c < p->scenario->cnn_count; c++) p->columns[c].count = 0;
    p->column_count = 0;
}

static int *head_of(const dcnn_proof_columns *columns, uint64_t hash)
{
    return &columns->heads[hash & (uint64_t)columns->mask];
}

static void put_first(dcnn_proof_columns *columns, int k)
{
    int *head = head_of(columns, columns->hash[k]);

    columns->chained[k] = *head;
    *head = k;
}

static bool make_room(dcnn_proof_columns *columns, size_t layers)
{
    int room = columns->room > 0 ? 2 * columns->room : COLUMNS_MIN;

    if (columns->count < columns->room) return true;
    if (!dcnn_proof_resize((void **)&columns->cost, room, sizeof *columns->cost)) return false;
    if (!dcnn_proof_resize((void **)&columns->weighted, room, sizeof *columns->weighted)) return false;
    if (!dcnn_proof_resize((void **)&columns->hash, room, sizeof *columns->hash)) return false;
    if (!dcnn_proof_resize((void **)&columns->paths, room, layers * sizeof *columns->paths)) return false;
    if (!dcnn_proof_resize((void **)&columns->chained, room, sizeof *columns->chained)) return false;
    if (!dcnn_proof_resize((void **)&columns->heads, room, sizeof *columns->heads)) return false;
    columns->room = room;
    return true;
}

/* mask: heads less one, a power of two less one that is below room. */
static void rehash(dcnn_proof_columns *columns, int mask)
{
    columns->mask = mask;
    for (int h = 0; h <= mask; h++) columns->heads[h] = -1;
    for (int k = 0; k < columns->count; k++) put_first(columns, k);
}

/* A column that the added one is as good as, or -1; *superfluous when one is as good as that. */
static int find_worse(dcnn_proof_check *p, int c, const dcnn_proof_label *label, const uint16_t *path,
                      bool *superfluous)
{
    const dcnn_proof_columns *columns = &p->columns[c];
    const dcnn_proof_cnn *cnn = &p->cnns[c];
    int worse = -1;

    *superfluous = false;
    for (int k = *head_of(columns, label->hash); k >= 0 && !*superfluous; k = columns->chained[k]) {
        const uint16_t *other = dcnn_proof_path(p, c, k);
        if (columns->hash[k] != label->hash) continue;
        p->work_left -= 16;
        if (columns->weighted[k] <= label->weighted)
            *superfluous = dcnn_proof_takes_no_more(p, cnn, other, path, cnn->layer_count);
        else if (worse < 0 && dcnn_proof_takes_no_more(p, cnn, path, other, cnn->layer_count))
            worse = k;
    }
    return worse;
}

static void put(dcnn_proof_columns *columns, int k, const dcnn_proof_label *label, const uint16_t *path, size_t layers)
{
    columns->cost[k] = label->cost;
    columns->weighted[k] = label->weighted;
    columns->hash[k] = label->hash;
    memcpy(columns->paths + (size_t)k * layers, path, layers * sizeof *path);
}

dcnn_case dcnn_proof_columns_add(dcnn_proof_check *p, int c, int32_t l)
{
    dcnn_proof_columns *columns = &p->columns[c];
    const dcnn_proof_label *label = &p->searches[c].labels[l];
    size_t layers = (size_t)p->cnns[c].layer_count;
    const uint16_t *path = p->searches[c].paths + (size_t)l * layers;
    int k = columns->count, worse;
    bool superfluous;

    if (!make_room(columns, layers)) return dcnn_proof_lost(p);
    if (k == 0) rehash(columns, COLUMNS_MIN - 1);
    worse = find_worse(p, c, label, path, &superfluous);
    if (worse >= 0 && !superfluous) put(columns, worse, label, path, layers);
    if (worse >= 0 || superfluous) return DCNN_CASE_OPEN;
    if (++p->column_count > DCNN_PROOF_COLUMNS_MAX)
        return dcnn_proof_refuse(p, "not verified: more than %d columns", DCNN_PROOF_COLUMNS_MAX);
    put(columns, k, label, path, layers);
    columns->count++;
    put_first(columns, k);
    if (columns->count > columns->mask && columns->count < columns->room) rehash(columns, 2 * columns->mask + 1);
    return DCNN_CASE_OPEN;
}
