/* Attributes are few and read once: they stay in the file and are looked up there. Everything was checked when the
 * node was read, so that lookups cannot fail half-way. */
#include "graph.h"
#include <limits.h>
#include <string.h>

enum { NODE_ATTRIBUTE = 5 };
enum { ATTR_NAME = 1, ATTR_F = 2, ATTR_I = 3, ATTR_S = 4, ATTR_T = 5, ATTR_FLOATS = 7, ATTR_INTS = 8 };

static bool packed_varints_sound(dcnn_wire list)
{
    uint64_t value;

    while (dcnn_wire_varint(&list, &value)) continue;
    return list.at == list.end;
}

bool dcnn_attribute_sound(dcnn_wire proto)
{
    dcnn_wire_field field;
    dcnn_wire_step step;

    while ((step = dcnn_wire_next(&proto, &field)) == DCNN_WIRE_FIELD) {
        if (field.kind != DCNN_WIRE_BYTES) continue;
        if (field.number == ATTR_INTS && !packed_varints_sound(field.bytes)) return false;
        if (field.number == ATTR_FLOATS && dcnn_wire_size(field.bytes) % 4 != 0) return false;
    }
    return step == DCNN_WIRE_END;
}

static bool find_field(dcnn_wire proto, uint32_t number, dcnn_wire_kind kind, dcnn_wire_field *found)
{
    bool any = false;
    dcnn_wire_field field;

    while (dcnn_wire_next(&proto, &field) == DCNN_WIRE_FIELD)
        if (field.number == number && field.kind == kind) {
            *found = field; /* of repeated scalars the last one counts */
            any = true;
        }
    return any;
}

static bool find_attribute(const dcnn_node *node, const char *name, dcnn_wire *attribute)
{
    dcnn_wire proto = node->proto;
    dcnn_wire_field field, label;

    while (dcnn_wire_next(&proto, &field) == DCNN_WIRE_FIELD) {
        if (field.number != NODE_ATTRIBUTE || field.kind != DCNN_WIRE_BYTES) continue;
        if (!find_field(field.bytes, ATTR_NAME, DCNN_WIRE_BYTES, &label)) continue;
        if (!dcnn_name_is((dcnn_name){(const char *)label.bytes.at, dcnn_wire_size(label.bytes)}, name)) continue;
        *attribute = field.bytes;
        return true;
    }
    return false;
}

bool dcnn_attribute_has(const dcnn_node *node, const char *name)
{
    dcnn_wire attribute;

    return find_attribute(node, name, &attribute);
}

static double real_from_bits(uint64_t bits)
{
    uint32_t low = (uint32_t)bits;
    float value;

    memcpy(&value, &low, sizeof value);
    return (double)value;
}

int64_t dcnn_attribute_int(const dcnn_node *node, const char *name, int64_t absent)
{
    dcnn_wire attribute;
    dcnn_wire_field field;

    if (!find_attribute(node, name, &attribute)) return absent;
    return find_field(attribute, ATTR_I, DCNN_WIRE_VARINT, &field) ? (int64_t)field.value : 0;
}

double dcnn_attribute_real(const dcnn_node *node, const char *name, double absent)
{
    dcnn_wire attribute;
    dcnn_wire_field field;

    if (!find_attribute(node, name, &attribute)) return absent;
    return find_field(attribute, ATTR_F, DCNN_WIRE_FIXED32, &field) ? real_from_bits(field.value) : 0;
}

dcnn_name dcnn_attribute_text(const dcnn_node *node, const char *name)
{
    dcnn_name none = {"", 0};
    dcnn_wire attribute;
    dcnn_wire_field field;

    if (!find_attribute(node, name, &attribute)) return none;
    if (!find_field(attribute, ATTR_S, DCNN_WIRE_BYTES, &field)) return none;
    return (dcnn_name){(const char *)field.bytes.at, dcnn_wire_size(field.bytes)};
}

bool dcnn_attribute_tensor(const dcnn_node *node, const char *name, dcnn_wire *proto)
{
    dcnn_wire attribute;
    dcnn_wire_field field;

    if (!find_attribute(node, name, &attribute)) return false;
    if (!find_field(attribute, ATTR_T, DCNN_WIRE_BYTES, &field)) return false;
    *proto = field.bytes;
    return true;
}

int dcnn_attribute_ints(const dcnn_node *node, const char *name, int64_t *list, int max)
{
    dcnn_wire attribute;
    dcnn_wire_field field;
    int count = 0;

    if (!find_attribute(node, name, &attribute)) return -1;
    while (dcnn_wire_next(&attribute, &field) == DCNN_WIRE_FIELD) {
        dcnn_wire packed = field.bytes;
        if (field.number != ATTR_INTS) continue;
        if (field.kind == DCNN_WIRE_VARINT) {
            if (count < max) list[count] = (int64_t)field.value;
            count += count < INT_MAX;
        } else if (field.kind == DCNN_WIRE_BYTES) {
            for (; dcnn_wire_varint(&packed, &field.value); count += count < INT_MAX)
                if (count < max) list[count] = (int64_t)field.value;
        }
    }
    return count;
}

int dcnn_attribute_reals(const dcnn_node *node, const char *name, double *list, int max)
{
    dcnn_wire attribute;
    dcnn_wire_field field;
    int count = 0;

    if (!find_attribute(node, name, &attribute)) return -1;
    while (dcnn_wire_next(&attribute, &field) == DCNN_WIRE_FIELD) {
        dcnn_wire packed = field.bytes;
        if (field.number != ATTR_FLOATS) continue;
        if (field.kind == DCNN_WIRE_FIXED32) {
            if (count < max) list[count] = real_from_bits(field.value);
            count += count < INT_MAX;
        } else if (field.kind == DCNN_WIRE_BYTES) {
            for (; packed.at < packed.end; packed.at += 4, count += count < INT_MAX)
                if (count < max) list[count] = real_from_bits(dcnn_wire_little(packed.at, 4));
        }
    }
    return count;
}
