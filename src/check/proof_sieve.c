/* proof_sieve.c - which columns are left when others have been put: for each unit and each thing that columns take of
 * it, the sets of those that take so much or more, as bits. Then a few words tell of thousands of columns which do not
 * fit. Shared layers may be there already, so only the others count here. */
#include "proof_fit.h"
#include <stdlib.h>
#include <string.h>

/* --- what columns take --- */

/* What a path takes of a slot, shared layers aside; counted at its first layer there. */
typedef struct {
    int slot;
    int64_t amounts[3];
} taken;

static int take_stock(const dcnn_proof_check *p, const dcnn_proof_cnn *cnn, const uint16_t *path, taken *stock)
{
    int count = 0;

    for (int j = 0; j < cnn->layer_count; j++) {
        const dcnn_proof_layer *layer = &cnn->layers[j];
        int at = 0;
        if (!p->binds[path[j]] || layer->group >= 0) continue;
        while (at < count && stock[at].slot != path[j]) at++;
        if (at == count) stock[count++] = (taken){.slot = path[j]};
        stock[at].amounts[0]++;
        stock[at].amounts[1] = dcnn_check_add(stock[at].amounts[1], layer->memory_bytes);
        stock[at].amounts[2] = dcnn_check_add(stock[at].amounts[2], layer->ops);
    }
    return count;
}

static bool binds(const dcnn_proof_check *p, int slot, int kind)
{
    return p->binds[slot] >> kind & 1; /* DCNN_BINDS_LAYERS, _MEMORY, _OPS */
}

/* --- making the sets --- */

/* The barriers of a slot, made when first asked for; NULL when memory is out. */
static dcnn_proof_barriers *barriers_at(dcnn_proof_sieve *s, size_t *room, int slot)
{
    if (s->barriers_of[slot] < 0) {
        if (!dcnn_reserve((void **)&s->barriers, room, (size_t)s->barriers_count, sizeof *s->barriers)) return NULL;
        memset(&s->barriers[s->barriers_count], 0, sizeof *s->barriers);
        s->barriers_of[slot] = s->barriers_count++;
    }
    return &s->barriers[s->barriers_of[slot]];
}

/* Notes an amount among the levels; where there are too many, the rest does without a set of its own. */
static void note(dcnn_proof_sieve *s, dcnn_proof_barriers *b, int kind, int64_t amount)
{
    dcnn_proof_barrier *levels = b->levels[kind];
    int at = 0;

    while (at < b->level_count[kind] && levels[at].amount < amount) at++;
    if (at < b->level_count[kind] && levels[at].amount == amount) return;
    if (b->level_count[kind] == DCNN_SIEVE_LEVELS) {
        s->exact = false;
        return;
    }
    memmove(&levels[at + 1], &levels[at], (size_t)(b->level_count[kind] - at) * sizeof *levels);
    levels[at].amount = amount;
    b->level_count[kind]++;
}

static bool note_columns(dcnn_proof_sieve *s, const dcnn_proof_check *p, int c, const int *order, taken *stock)
{
    const dcnn_proof_cnn *cnn = &p->cnns[c];
    size_t room = 0;

    for (int k = 0; k < s->column_count; k++) {
        int count = take_stock(p, cnn, dcnn_proof_path(p, c, order[k]), stock);
        for (int at = 0; at < count; at++) {
            dcnn_proof_barriers *b = barriers_at(s, &room, stock[at].slot);
            if (!b) return false;
            for (int kind = 0; kind < 3; kind++)
                if (binds(p, stock[at].slot, kind) && stock[at].amounts[kind] > 0)
                    note(s, b, kind, stock[at].amounts[kind]);
        }
    }
    return true;
}

/* Gives every level, and every slot of a shared layer, a set. */
static void number_sets(dcnn_proof_sieve *s)
{
    for (int b = 0; b < s->barriers_count; b++)
        for (int kind = 0; kind < 3; kind++)
            for (int l = 0; l < s->barriers[b].level_count[kind]; l++) {
                s->barriers[b].levels[kind][l].set = s->bit_words;
                s->bit_words += (size_t)s->words;
            }
}

static bool init_mates(dcnn_proof_sieve *s, const dcnn_proof_check *p, int c, const int *order)
{
    const dcnn_proof_cnn *cnn = &p->cnns[c];

    s->mates = dcnn_take((size_t)cnn->layer_count, sizeof *s->mates);
    if (!s->mates) return false;
    for (int j = 0; j < cnn->layer_count; j++) {
        dcnn_proof_mates *mates = &s->mates[s->mate_count];
        if (cnn->layers[j].group < 0) continue;
        mates->group = cnn->layers[j].group;
        mates->layer = j;
        mates->sets = dcnn_take((size_t)p->slot_count, sizeof *mates->sets);
        if (!mates->sets) return false;
        s->mate_count++;
        for (int u = 0; u < p->slot_count; u++) mates->sets[u] = SIZE_MAX;
        for (int k = 0; k < s->column_count; k++) {
            size_t *set = &mates->sets[dcnn_proof_path(p, c, order[k])[j]];
            if (*set != SIZE_MAX) continue;
            *set = s->bit_words;
            s->bit_words += (size_t)s->words;
        }
    }
    return true;
}

static void add(dcnn_proof_sieve *s, size_t set, int k)
{
    s->bits[set + (size_t)(k / 64)] |= UINT64_C(1) << k % 64;
}

static void add_column(dcnn_proof_sieve *s, const dcnn_proof_check *p, int c, int k, const uint16_t *path, taken *stock)
{
    int count = take_stock(p, &p->cnns[c], path, stock);

    for (int at = 0; at < count; at++) {
        const dcnn_proof_barriers *b = &s->barriers[s->barriers_of[stock[at].slot]];
        for (int kind = 0; kind < 3; kind++)
            for (int l = 0; l < b->level_count[kind] && b->levels[kind][l].amount <= stock[at].amounts[kind]; l++)
                add(s, b->levels[kind][l].set, k);
    }
    for (int m = 0; m < s->mate_count; m++) add(s, s->mates[m].sets[path[s->mates[m].layer]], k);
}

bool dcnn_proof_sieve_init(dcnn_proof_sieve *s, const dcnn_proof_check *p, int c, const int *order, int count)
{
    taken *stock = dcnn_take((size_t)p->cnns[c].layer_count, sizeof *stock);
    bool done = stock != NULL;

    *s = (dcnn_proof_sieve){.column_count = count, .words = (count + 63) / 64, .exact = true};
    s->barriers_of = dcnn_take((size_t)p->slot_count, sizeof *s->barriers_of);
    done = done && s->barriers_of;
    for (int u = 0; u < p->slot_count && done; u++) s->barriers_of[u] = -1;
    done = done && note_columns(s, p, c, order, stock);
    if (done) number_sets(s);
    done = done && init_mates(s, p, c, order);
    s->exact = s->exact && s->mate_count == 0;
    if (done) s->bits = dcnn_take(s->bit_words, sizeof *s->bits);
    done = done && s->bits;
    for (int k = 0; k < count && done; k++) add_column(s, p, c, k, dcnn_proof_path(p, c, order[k]), stock);
    free(stock);
    return done;
}

void dcnn_proof_sieve_clear(dcnn_proof_sieve *s)
{
    for (int m = 0; m < s->mate_count; m++) free(s->mates[m].sets);
    free(s->mates);
    free(s->barriers_of);
    free(s->barriers);
    free(s->bits);
    *s = (dcnn_proof_sieve){0};
}

/* --- using them --- */

static void leave_out(const dcnn_proof_sieve *s, dcnn_proof_sets *sets, size_t set)
{
    const uint64_t *bits = s->bits + set;

    for (int k = 0; k < sets->out_count; k++)
        if (sets->out[k] == bits) return;
    if (sets->out_count < DCNN_SIEVE_SETS_MAX) sets->out[sets->out_count++] = bits;
}

/* Whatever takes more of a slot than is left there. */
static void sieve_slot(const dcnn_proof_sieve *s, const dcnn_proof_fit *f, int slot, dcnn_proof_sets *sets)
{
    const dcnn_proof_barriers *b = s->barriers_of[slot] < 0 ? NULL : &s->barriers[s->barriers_of[slot]];
    const dcnn_proof_load *load = &f->loads[slot], *capacity = &f->p->capacity[slot];
    const int64_t left[3] = {capacity->layers - load->layers, capacity->memory_bytes - load->memory_bytes,
                             capacity->ops - load->ops};

    for (int kind = 0; b && kind < 3; kind++) {
        int l = 0;
        while (l < b->level_count[kind] && b->levels[kind][l].amount <= left[kind]) l++;
        if (l < b->level_count[kind]) leave_out(s, sets, b->levels[kind][l].set);
    }
}

/* Members of a group join the one that is on a slot. */
static void sieve_group(const dcnn_proof_sieve *s, int group, int slot, dcnn_proof_sets *sets)
{
    for (int m = 0; m < s->mate_count; m++) {
        if (s->mates[m].group != group) continue;
        if (s->mates[m].sets[slot] == SIZE_MAX)
            sets->none = true;
        else if (sets->only_count < DCNN_SIEVE_SETS_MAX)
            sets->only[sets->only_count++] = s->bits + s->mates[m].sets[slot];
    }
}

void dcnn_proof_sieve_sets(const dcnn_proof_sieve *s, const dcnn_proof_fit *f, int c, const uint16_t *path,
                           dcnn_proof_sets *sets)
{
    const dcnn_proof_cnn *cnn = &f->p->cnns[c];

    sets->out_count = sets->only_count = 0;
    sets->none = false;
    for (int j = 0; j < cnn->layer_count; j++) {
        sieve_slot(s, f, path[j], sets);
        if (cnn->layers[j].group >= 0) sieve_group(s, cnn->layers[j].group, path[j], sets);
    }
}
