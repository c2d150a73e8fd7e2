#include "solve/claims.h"
#include "base/base.h"
#include <stdlib.h>

bool dcnn_claims_init(dcnn_claims *claims)
{
    static const dcnn_takes nothing;

    *claims = (dcnn_claims){.kind_count = 1};
    return dcnn_keys_add(&claims->kinds, nothing.half, 0, 0) == 0;
}

void dcnn_claims_clear(dcnn_claims *claims)
{
    free(claims->items);
    free(claims->first);
    dcnn_keys_clear(&claims->kinds);
    *claims = (dcnn_claims){0};
}

bool dcnn_claims_renew(dcnn_claims *claims, size_t count)
{
    free(claims->items);
    claims->items = dcnn_take(count, sizeof *claims->items);
    claims->count = claims->items ? count : 0;
    return claims->items != NULL;
}

static int compare_claims(const void *a, const void *b)
{
    const dcnn_claim *x = a, *y = b;

    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->regret != y->regret) return x->regret < y->regret ? -1 : 1;
    if (x->taken.half[1] != y->taken.half[1]) return x->taken.half[1] < y->taken.half[1] ? -1 : 1;
    return (x->taken.half[0] > y->taken.half[0]) - (x->taken.half[0] < y->taken.half[0]);
}

bool dcnn_claims_sort(dcnn_claims *claims, dcnn_takes known)
{
    size_t at = 0;

    for (size_t k = 0; k < claims->count; k++) {
        dcnn_takes kind = dcnn_takes_within(claims->items[k].taken, known);
        claims->items[k].kind = dcnn_keys_find(&claims->kinds, kind.half, 0);
    }
    qsort(claims->items, claims->count, sizeof *claims->items, compare_claims);
    free(claims->first);
    claims->first = dcnn_take(claims->kind_count + 1, sizeof *claims->first);
    if (!claims->first) return false;
    for (size_t kind = 0; kind <= claims->kind_count; kind++) {
        while (at < claims->count && claims->items[at].kind < (int)kind) at++;
        claims->first[kind] = at;
    }
    return true;
}

bool dcnn_claims_become_kinds(dcnn_claims *claims)
{
    dcnn_keys_empty(&claims->kinds);
    claims->kind_count = claims->count;
    for (size_t k = 0; k < claims->count; k++)
        if (dcnn_keys_add(&claims->kinds, claims->items[k].taken.half, 0, (int)k) < 0) return false;
    return true;
}
