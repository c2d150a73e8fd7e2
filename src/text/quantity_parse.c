#include "base/base.h"
#include "text/number.h"
#include "text/quantity.h"
#include "text/words.h"
#include <math.h>
#include <string.h>

dcnn_status dcnn_quantity_parse(double *value, const char *text, dcnn_quantity quantity, dcnn_error *err)
{
    size_t size = strlen(text);
    dcnn_number_span span = dcnn_number_scan(text, size);
    char quoted[DCNN_QUOTED_SIZE];
    bool alone = span.length > 0 && span.length == size && size <= DCNN_NUMBER_LENGTH_MAX;

    if (alone) *value = dcnn_number_value(text, span, 0);
    if ((alone || dcnn_quantity_read(text, quantity, value) == DCNN_QUANTITY_OK) && isfinite(*value)) return DCNN_OK;
    *value = 0;
    return dcnn_fail(err, DCNN_E_VALUE, "", "expected %s like \"%s\", found %s", dcnn_quantity_name(quantity),
                     dcnn_quantity_example(quantity), dcnn_quote(quoted, text));
}
