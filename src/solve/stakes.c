#include "solve/stakes.h"
#include <stdlib.h>

bool dcnn_stakes_init(dcnn_stakes *stakes, const dcnn_core *core, const double *price)
{
    size_t rows = (size_t)core->rows->row_count;

    *stakes = (dcnn_stakes){.core = core,
                            .fixed = dcnn_take(rows, sizeof *stakes->fixed),
                            .of_row = dcnn_take(rows, sizeof *stakes->of_row)};
    if (!stakes->fixed || !stakes->of_row) return false;
    dcnn_coupling_fix(core->rows, price, stakes->fixed);
    for (size_t r = 0; r < rows; r++) stakes->of_row[r] = -1;
    return true;
}

void dcnn_stakes_clear(dcnn_stakes *stakes)
{
    free(stakes->fixed);
    free(stakes->of_row);
    *stakes = (dcnn_stakes){0};
}

int64_t dcnn_stakes_portion(const dcnn_row *row)
{
    return row->capacity / (DCNN_PORTIONS_MAX + 1) + 1;
}

bool dcnn_stakes_has_name(const dcnn_row *row)
{
    return row->kind == DCNN_ROW_MEMORY || dcnn_stakes_portion(row) == 1;
}

/* Rounding down by the row's divisor and then by the portion is rounding down by both. */
dcnn_row_name dcnn_stakes_name(const dcnn_stakes *stakes, int k)
{
    const dcnn_stake *stake = &stakes->items[k];
    dcnn_row_name name = dcnn_row_name_of(&stakes->core->rows->rows[stake->row]);

    name.divisor *= stake->portion;
    return name;
}

bool dcnn_stakes_add(dcnn_stakes *stakes, int r)
{
    const dcnn_row *row = &stakes->core->rows->rows[r];
    dcnn_stake *stake = &stakes->items[stakes->count];
    int64_t portion = dcnn_stakes_portion(row);

    if (stakes->count == DCNN_FIELDS_MAX) return false;
    if (!dcnn_takes_add_field(&stakes->layout, row->capacity / portion, &stake->field)) return false;
    stake->row = r;
    stake->portion = portion;
    stakes->of_row[r] = stakes->count++;
    return true;
}

void dcnn_stakes_note(const dcnn_stakes *stakes, int u, const dcnn_chain *view, dcnn_takes *takes)
{
    const dcnn_coupling *rows = stakes->core->rows;

    for (int x = 0; x < view->size; x++) {
        int root = view->origin[x];
        takes[x] = (dcnn_takes){{0}};
        for (int k = rows->entry_first[u][root]; k < rows->entry_first[u][root + 1]; k++) {
            int item = rows->entry_item[u][k], stake = stakes->of_row[rows->item_row[item]];
            int64_t amount = rows->items[item].coefficient;
            if (stake < 0) continue;
            amount /= stakes->items[stake].portion;
            takes[x] = dcnn_takes_sum(takes[x], dcnn_takes_amount(&stakes->items[stake].field, amount));
        }
    }
}

dcnn_tick dcnn_stakes_unpaid(const dcnn_stakes *stakes, dcnn_takes taken)
{
    dcnn_tick sum = 0;

    for (int k = 0; k < stakes->count; k++) {
        const dcnn_stake *stake = &stakes->items[k];
        const dcnn_row *row = &stakes->core->rows->rows[stake->row];
        int64_t fixed = stakes->fixed[stake->row];
        if (fixed == 0 || stake->portion > 1) continue; /* rounded down, all may be taken */
        sum += dcnn_row_charge(row, fixed, row->capacity) -
               dcnn_row_charge(row, fixed, dcnn_takes_read(&stake->field, taken));
    }
    return sum;
}
