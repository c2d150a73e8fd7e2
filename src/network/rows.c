#include "graph.h"
#include <stdlib.h>
#include <string.h>

dcnn_status dcnn_rows_new(dcnn_rows *rows, int place_count, int64_t arc_count, bool with_kinds)
{
    rows->first = dcnn_take((size_t)place_count + 1, sizeof *rows->first);
    rows->other = dcnn_take((size_t)arc_count, sizeof *rows->other);
    rows->kind = with_kinds ? dcnn_take((size_t)arc_count, sizeof *rows->kind) : NULL;
    if (rows->first && rows->other && (rows->kind || !with_kinds)) return DCNN_OK;
    dcnn_rows_free(rows);
    return DCNN_E_MEMORY;
}

void dcnn_rows_free(dcnn_rows *rows)
{
    free(rows->first);
    free(rows->other);
    free(rows->kind);
    memset(rows, 0, sizeof *rows);
}

void dcnn_rows_prefix(int64_t *first, int place_count)
{
    int64_t before = 0;

    for (int i = 0; i <= place_count; i++) {
        int64_t own = first[i];
        first[i] = before;
        before += own;
    }
}

dcnn_status dcnn_rows_transpose(dcnn_rows *out, const dcnn_rows *rows, int place_count)
{
    int64_t arc_count = rows->first[place_count];
    int64_t *next;

    memset(out, 0, sizeof *out);
    next = dcnn_take((size_t)place_count + 1, sizeof *next);
    if (!next || dcnn_rows_new(out, place_count, arc_count, rows->kind)) {
        free(next);
        return DCNN_E_MEMORY;
    }
    for (int64_t a = 0; a < arc_count; a++) out->first[rows->other[a]]++;
    dcnn_rows_prefix(out->first, place_count);
    memcpy(next, out->first, ((size_t)place_count + 1) * sizeof *next);
    for (int i = 0; i < place_count; i++) {
        for (int64_t a = rows->first[i]; a < rows->first[i + 1]; a++) {
            int64_t to = next[rows->other[a]]++;
            out->other[to] = i;
            if (rows->kind) out->kind[to] = rows->kind[a];
        }
    }
    free(next);
    return DCNN_OK;
}
