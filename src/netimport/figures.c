/* What the attributes of links and nodes are called, and what they may be. */
#include "mesh.h"
#include "scenario/reader.h"
#include "text/number.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

enum { QUALITY, QUALITY_FORTH, QUALITY_BACK, ETX, RETRANSMISSION, RATE, BIT_RATE, LATENCY, TYPE };
enum { LATITUDE, LONGITUDE, X, Y };

typedef struct {
    const char *name;
    int meaning;
} meaning_row;

static const meaning_row link_names[] = {
    {"quality", QUALITY},
    {"tq", QUALITY},
    {"source_tq", QUALITY_FORTH},
    {"target_tq", QUALITY_BACK},
    {"etx", ETX},
    {"retransmission", RETRANSMISSION},
    {"rate_bytes_per_s", RATE},
    {"rate", RATE},
    {"LinkSpeedRaw", BIT_RATE},
    {"latency_s", LATENCY},
    {"latency", LATENCY},
    {"type", TYPE},
    {NULL, 0},
};

static const meaning_row node_names[] = {
    {"latitude", LATITUDE},
    {"lat", LATITUDE},
    {"longitude", LONGITUDE},
    {"lon", LONGITUDE},
    {"lng", LONGITUDE},
    {"x_m", X},
    {"y_m", Y},
    {NULL, 0},
};

static bool same_word(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b)) return false;
    return *a == *b;
}

static int meaning_of(const meaning_row *rows, const char *name)
{
    for (; rows->name; rows++)
        if (same_word(rows->name, name)) return rows->meaning;
    return -1;
}

/* The value as a plain number. */
static bool read_number(dcnn_mesh_value value, double *number)
{
    dcnn_number_span span;

    if (!value.text) {
        *number = value.number;
        return true;
    }
    span = dcnn_number_scan(value.text, strlen(value.text));
    if (span.length == 0 || span.length > DCNN_NUMBER_LENGTH_MAX || value.text[span.length]) return false;
    *number = dcnn_number_value(value.text, span, 0);
    return true;
}

/* The same, or a number with its unit. */
static bool read_quantity(dcnn_mesh_value value, dcnn_quantity quantity, double *number)
{
    return read_number(value, number) || dcnn_quantity_read(value.text, quantity, number) == DCNN_QUANTITY_OK;
}

static bool inside(double number, double min, double max)
{
    return number >= min && number <= max; /* NaN is not */
}

static const char *note_quality(double *quality, dcnn_mesh_value value)
{
    double q;

    if (!read_number(value, &q) || !inside(q, 0, 1) || (q > 0 && q < 1 / DCNN_FACTOR_MAX)) return "a quality in [0, 1]";
    *quality = q;
    return NULL;
}

const char *dcnn_mesh_link_figure(dcnn_mesh_link *link, const char *name, dcnn_mesh_value value)
{
    const char *fault = NULL;
    double number;

    if (value.text && !*value.text) return NULL;
    switch (meaning_of(link_names, name)) {
    case QUALITY:
        fault = note_quality(&link->quality[DCNN_FORTH], value);
        link->quality[DCNN_BACK] = link->quality[DCNN_FORTH];
        return fault;
    case QUALITY_FORTH:
        return note_quality(&link->quality[DCNN_FORTH], value);
    case QUALITY_BACK:
        return note_quality(&link->quality[DCNN_BACK], value);
    case ETX:
        if (!read_number(value, &number) || !inside(number, 1, DCNN_FACTOR_MAX)) return "an ETX of at least 1";
        link->retransmission = number - 1;
        break;
    case RETRANSMISSION:
        if (!read_number(value, &number) || !inside(number, 0, DCNN_FACTOR_MAX))
            return "a number of retransmissions, at least 0";
        link->retransmission = number;
        break;
    case RATE:
        if (!read_quantity(value, DCNN_QUANTITY_BYTES_PER_S, &number) ||
            !inside(number, DCNN_SPEED_MIN, DCNN_SPEED_MAX))
            return "a rate above 0 in bytes per second, or with a unit such as \"54 Mbit/s\"";
        link->rate_bytes_per_s = number;
        break;
    case BIT_RATE:
        if (!read_number(value, &number) || !inside(number / 8, DCNN_SPEED_MIN, DCNN_SPEED_MAX))
            return "a rate above 0 in bits per second";
        link->rate_bytes_per_s = number / 8;
        break;
    case LATENCY:
        if (!read_quantity(value, DCNN_QUANTITY_SECONDS, &number) || !inside(number, 0, DCNN_SECONDS_MAX))
            return "a latency in seconds, or with a unit such as \"20 ms\"";
        link->latency_s = number;
        break;
    case TYPE:
        link->type = value.text;
        break;
    }
    return NULL;
}

const char *dcnn_mesh_node_figure(dcnn_mesh_node *node, const char *name, dcnn_mesh_value value)
{
    double *const fields[] = {
        [LATITUDE] = &node->latitude, [LONGITUDE] = &node->longitude, [X] = &node->x_m, [Y] = &node->y_m};
    int meaning = meaning_of(node_names, name);
    bool metres = meaning == X || meaning == Y;
    double most = metres ? DCNN_DISTANCE_MAX : meaning == LATITUDE ? 90 : 180, number;

    if (meaning < 0 || (value.text && !*value.text)) return NULL;
    if (!read_number(value, &number) || (metres && !inside(number, -most, most))) return metres ? "metres" : "degrees";
    if (inside(number, -most, most)) *fields[meaning] = number;
    return NULL;
}
