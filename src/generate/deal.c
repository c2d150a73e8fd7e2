/* Unit types by share: as many of each as largest remainders say, then shuffled. */
#include "generate.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

dcnn_deal dcnn_deal_of(const dcnn_generate_options *options)
{
    return (dcnn_deal){options->mix_count, options->mix, options->unit_type_count, options->unit_types};
}

const dcnn_unit_type *dcnn_deal_type(const dcnn_deal *deal, int row)
{
    const char *name = deal->mix[row].type;

    for (int t = 0; t < deal->type_count; t++)
        if (strcmp(deal->types[t].name, name) == 0) return &deal->types[t];
    return dcnn_catalog_unit_type(name);
}

/* Units of each type: the whole part of its quota, and one more for the largest remainders (the first of equals).
 *
 * count  [mix_count] out, adding up to units */
static dcnn_status split(int units, const dcnn_mix *mix, int mix_count, int *count)
{
    double *remainder = dcnn_take((size_t)mix_count, sizeof *remainder);
    double sum = 0;
    int dealt = 0;

    if (!remainder) return DCNN_E_MEMORY;
    for (int t = 0; t < mix_count; t++) sum += mix[t].share;
    for (int t = 0; t < mix_count; t++) {
        double quota = units * mix[t].share / sum;
        count[t] = (int)floor(quota);
        remainder[t] = quota - floor(quota);
        dealt += count[t];
    }
    for (; dealt < units; dealt++) {
        int most = 0;
        for (int t = 1; t < mix_count; t++)
            if (remainder[t] > remainder[most]) most = t;
        count[most]++;
        remainder[most] = -1;
    }
    free(remainder);
    return DCNN_OK;
}

static void shuffle(dcnn_unit *units, int count, dcnn_rng *rng)
{
    for (int i = count - 1; i > 0; i--) {
        int k = (int)dcnn_rng_below(rng, (uint64_t)i + 1);
        dcnn_unit swapped = units[i];
        units[i] = units[k];
        units[k] = swapped;
    }
}

dcnn_status dcnn_generate_units(dcnn_scenario *scenario, const dcnn_deal *deal, dcnn_rng *rng, dcnn_error *err)
{
    int *count = dcnn_take((size_t)deal->count, sizeof *count);
    dcnn_status status = DCNN_OK;
    int next = 0;

    if (!count || split(scenario->unit_count, deal->mix, deal->count, count)) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    for (int t = 0; t < deal->count; t++) {
        const dcnn_unit_type *type = dcnn_deal_type(deal, t);
        char *name;
        if (!type) {
            status = dcnn_fail(err, DCNN_E_VALUE, "", "\"%s\" is not a unit type of the catalogue", deal->mix[t].type);
            goto done;
        }
        name = dcnn_pool_text(scenario->pool, type->name);
        if (!name) {
            status = dcnn_fail_memory(err);
            goto done;
        }
        for (int n = 0; n < count[t]; n++)
            scenario->units[next++] = (dcnn_unit){name, type->memory_bytes, type->ops_per_s, DCNN_UNLIMITED};
    }
    shuffle(scenario->units, scenario->unit_count, rng);
done:
    free(count);
    return status;
}
