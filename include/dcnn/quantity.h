/* quantity.h - quantities with their unit, as people write them: "512 KiB", "72.2 Mbit/s", "20 ms". */
#ifndef DCNN_QUANTITY_H
#define DCNN_QUANTITY_H

#include <dcnn/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    DCNN_QUANTITY_BYTES,
    DCNN_QUANTITY_OPS,
    DCNN_QUANTITY_OPS_PER_S,
    DCNN_QUANTITY_BYTES_PER_S,
    DCNN_QUANTITY_SECONDS,
    DCNN_QUANTITY_METRES
} dcnn_quantity;

/* Reads "NUMBER UNIT", or a number alone in the base unit (bytes, operations, bytes/s, seconds, metres).
 *
 * value  out: in the base unit, finite
 *
 * DCNN_E_VALUE with what was found and an example. */
dcnn_status dcnn_quantity_parse(double *value, const char *text, dcnn_quantity quantity, dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
