#include "pbwire.h"

bool dcnn_wire_varint(dcnn_wire *list, uint64_t *value)
{
    const unsigned char *at = list->at;
    uint64_t sum = 0;

    for (unsigned shift = 0; shift < 64 && at < list->end; shift += 7) {
        unsigned char byte = *at++;
        if (shift == 63 && byte > 1) return false; /* more than 64 bits */
        sum |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            list->at = at;
            *value = sum;
            return true;
        }
    }
    return false;
}

uint64_t dcnn_wire_little(const unsigned char *bytes, size_t size)
{
    uint64_t sum = 0;

    for (size_t k = 0; k < size; k++) sum |= (uint64_t)bytes[k] << (8 * k);
    return sum;
}

static bool take_bytes(dcnn_wire *message, uint64_t size, dcnn_wire *bytes)
{
    if (size > dcnn_wire_size(*message)) return false;
    bytes->at = message->at;
    message->at += size;
    bytes->end = message->at;
    return true;
}

dcnn_wire_step dcnn_wire_next(dcnn_wire *message, dcnn_wire_field *field)
{
    dcnn_wire fixed;
    uint64_t key;
    bool sound;

    if (message->at == message->end) return DCNN_WIRE_END;
    if (!dcnn_wire_varint(message, &key) || key >> 3 == 0 || key >> 3 > UINT32_MAX >> 3) return DCNN_WIRE_BROKEN;
    field->number = (uint32_t)(key >> 3);
    field->kind = (dcnn_wire_kind)(key & 7);
    field->value = 0;
    switch (field->kind) {
    case DCNN_WIRE_VARINT:
        sound = dcnn_wire_varint(message, &field->value);
        break;
    case DCNN_WIRE_BYTES:
        sound = dcnn_wire_varint(message, &field->value) && take_bytes(message, field->value, &field->bytes);
        break;
    case DCNN_WIRE_FIXED64:
    case DCNN_WIRE_FIXED32: {
        size_t size = field->kind == DCNN_WIRE_FIXED64 ? 8 : 4;
        sound = take_bytes(message, size, &fixed);
        if (sound) field->value = dcnn_wire_little(fixed.at, size);
        break;
    }
    default:
        sound = false; /* groups: ONNX has none */
    }
    return sound ? DCNN_WIRE_FIELD : DCNN_WIRE_BROKEN;
}
