/* pbwire.h - protobuf's wire format read in place: nothing is copied, nothing outside the given bytes is read. */
#ifndef DCNN_IMPORT_PBWIRE_H
#define DCNN_IMPORT_PBWIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is left of a message (or of a packed list of numbers). */
typedef struct {
    const unsigned char *at, *end;
} dcnn_wire;

typedef enum { DCNN_WIRE_VARINT = 0, DCNN_WIRE_FIXED64 = 1, DCNN_WIRE_BYTES = 2, DCNN_WIRE_FIXED32 = 5 } dcnn_wire_kind;

typedef struct {
    uint32_t number;
    dcnn_wire_kind kind;
    uint64_t value;  /* VARINT, FIXED64, FIXED32 */
    dcnn_wire bytes; /* BYTES: the content */
} dcnn_wire_field;

typedef enum { DCNN_WIRE_END, DCNN_WIRE_FIELD, DCNN_WIRE_BROKEN } dcnn_wire_step;

static inline size_t dcnn_wire_size(dcnn_wire wire)
{
    return (size_t)(wire.end - wire.at);
}

/* Takes the next field off the message; BROKEN where the bytes end too soon or are no field. */
dcnn_wire_step dcnn_wire_next(dcnn_wire *message, dcnn_wire_field *field);

/* Takes one number off a packed list; false at its end and where it is broken (then at != end). */
bool dcnn_wire_varint(dcnn_wire *list, uint64_t *value);

/* Little-endian numbers, as protobuf and ONNX store them. size is 1, 2, 4 or 8. */
uint64_t dcnn_wire_little(const unsigned char *bytes, size_t size);

#endif
