/* quantity.h - quantities with their unit: "512 KiB", "72.2 Mbit/s", "20 ms". */
#ifndef DCNN_TEXT_QUANTITY_H
#define DCNN_TEXT_QUANTITY_H

#include <dcnn/quantity.h>
#include <stdbool.h>
#include <stdint.h>

/* What a quantity is called in messages ("bytes") and how one is written ("512 KiB"). */
const char *dcnn_quantity_name(dcnn_quantity quantity);
const char *dcnn_quantity_example(dcnn_quantity quantity);

typedef enum {
    DCNN_QUANTITY_OK,
    DCNN_QUANTITY_NO_NUMBER,
    DCNN_QUANTITY_NO_UNIT,
    DCNN_QUANTITY_BAD_UNIT
} dcnn_quantity_fault;

/* Reads "NUMBER UNIT"; spaces between the two may be left out. k, K, M, G, T, P are powers of 1000 and Ki, Mi, Gi, Ti,
 * Pi powers of 1024, always.
 *
 * value  out: in the base unit (bytes, operations, seconds, metres), correctly rounded; infinite when too large */
dcnn_quantity_fault dcnn_quantity_read(const char *text, dcnn_quantity quantity, double *value);

/* A finite value below 2^63 to the nearest whole number, halves away from zero. */
int64_t dcnn_round(double value);

#endif
