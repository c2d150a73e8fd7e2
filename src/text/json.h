/* json.h - reading JSON: a parser, and a reader that has a say on every value.
 *
 *     dcnn_json_open(&json, &text, "city.json", on_fault, user, err);    syntax errors and duplicate keys end here
 *     if (dcnn_json_enter(&json, json.root, &object)) {
 *         dcnn_json_text(&json, dcnn_json_need(&object, "name"), &name);
 *         dcnn_json_real(&json, dcnn_json_get(&object, "weight"), 0, 1e6, &weight);
 *         dcnn_json_leave(&object);                                      complains of keys nobody asked for
 *     }
 *     status = json.status;                                              every fault has been reported by now
 *     dcnn_json_close(&json);
 *
 * The readers of values return false where there is no valid value: silently when it is absent (NULL), else after
 * reporting the fault. */
#ifndef DCNN_TEXT_JSON_H
#define DCNN_TEXT_JSON_H

#include "base/base.h"
#include "text/quantity.h"

/* --- the tree (json_parse.c) --- */

enum { DCNN_JSON_DEPTH_MAX = 64 };

typedef enum {
    DCNN_JSON_NULL,
    DCNN_JSON_BOOL,
    DCNN_JSON_WHOLE, /* a number without fraction and exponent that fits 64 bits */
    DCNN_JSON_REAL,
    DCNN_JSON_TEXT,
    DCNN_JSON_ARRAY,
    DCNN_JSON_OBJECT
} dcnn_json_type;

typedef struct dcnn_json_value {
    struct dcnn_json_value *next;         /* sibling; NULL = the last one */
    const struct dcnn_json_value *parent; /* NULL = the root */
    union {
        const char *key; /* in an object */
        size_t index;    /* in an array */
    } name;
    union {
        bool truth;
        int64_t whole;
        double real;
        const char *text;              /* UTF-8 without NUL */
        struct dcnn_json_value *first; /* member or element; NULL = empty */
    } as;
    uint32_t count;        /* of members or elements */
    uint32_t line, column; /* 1-based, in characters; of the key in an object */
    dcnn_json_type type;
} dcnn_json_value;

/* Parses text in place: keys and texts of the tree point into it, the values into the pool. Strict RFC 8259, plus: no
 * duplicate keys, no NUL in texts, nesting to DCNN_JSON_DEPTH_MAX, numbers within the range of a double.
 *
 * Returns DCNN_OK; DCNN_E_SYNTAX with line and column; DCNN_E_MEMORY. O(size log size). */
dcnn_status dcnn_json_parse(dcnn_json_value **root, char *text, size_t size, dcnn_pool *pool, const char *file,
                            dcnn_error *err);

/* Bytes of the UTF-8 character at `at`, which is before end, or 0 when it is none (RFC 3629: shortest form, no
 * surrogates). */
size_t dcnn_utf8_size(const char *at, const char *end);

/* --- the document (json.c) --- */

typedef struct {
    const char *file; /* its name in messages */
    dcnn_fault_fn on_fault;
    void *user;
    dcnn_error *err;    /* the first fault */
    dcnn_status status; /* DCNN_OK until something was wrong */
    dcnn_buf text;
    dcnn_pool *pool;
    const dcnn_json_value *root; /* NULL unless it was well formed */
} dcnn_json;

/* Parses text, which moves into json. on_fault and err may be NULL; returns json->status. Close it in any case. */
dcnn_status dcnn_json_open(dcnn_json *json, dcnn_buf *text, const char *file, dcnn_fault_fn on_fault, void *user,
                           dcnn_error *err);
void dcnn_json_close(dcnn_json *json);

/* Reports a fault at a value: "city.json: units[3].memory_bytes", and the sentence. */
void dcnn_json_fault(dcnn_json *json, const dcnn_json_value *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Reports "expected ..., found ...", where what was found is told from the value. */
void dcnn_json_expected(dcnn_json *json, const dcnn_json_value *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Memory ran out: takes precedence over all faults. */
void dcnn_json_lost_memory(dcnn_json *json);

/* --- objects (json.c) --- */

enum { DCNN_JSON_KEYS_MAX = 32 };

typedef struct {
    dcnn_json *json;
    const dcnn_json_value *value;
    const char *asked[DCNN_JSON_KEYS_MAX]; /* keys asked for */
    size_t asked_count;
    uint32_t found_count; /* of them, those that were there */
} dcnn_json_object;

bool dcnn_json_enter(dcnn_json *json, const dcnn_json_value *value, dcnn_json_object *object);

/* The member, or NULL; need reports its absence. Ask for every key once. */
const dcnn_json_value *dcnn_json_get(dcnn_json_object *object, const char *key);
const dcnn_json_value *dcnn_json_need(dcnn_json_object *object, const char *key);

/* Asks for the two keys every file of this project begins with, "dcnn" (the kind of file) and "version" (1). False when
 * the file is something else altogether, after saying so: its other faults would only confuse. */
bool dcnn_json_kind(dcnn_json_object *root, const char *kind);

/* Reports the members that were not asked for. */
void dcnn_json_leave(dcnn_json_object *object);

/* --- values (json_values.c) --- */

/* Borrowed from the document. */
bool dcnn_json_text(dcnn_json *json, const dcnn_json_value *value, const char **text);

bool dcnn_json_bool(dcnn_json *json, const dcnn_json_value *value, bool *truth);

/* An array of at least `least` elements. */
bool dcnn_json_array(dcnn_json *json, const dcnn_json_value *value, uint32_t least);

/* An array of at least `least` elements that are all objects; reports every one that is not. */
bool dcnn_json_objects(dcnn_json *json, const dcnn_json_value *value, uint32_t least);

/* A whole number in [min, max]; 12.0 is one. */
bool dcnn_json_whole(dcnn_json *json, const dcnn_json_value *value, int64_t min, int64_t max, int64_t *number);

/* A number in [min, max]. */
bool dcnn_json_real(dcnn_json *json, const dcnn_json_value *value, double min, double max, double *number);

/* A quantity in [min, max] base units, as a number or as text with its unit. */
bool dcnn_json_quantity(dcnn_json *json, const dcnn_json_value *value, dcnn_quantity quantity, double min, double max,
                        double *number);

/* The same in [0, max], rounded to a whole count of base units. */
bool dcnn_json_count(dcnn_json *json, const dcnn_json_value *value, dcnn_quantity quantity, int64_t max,
                     int64_t *count);

/* One of the words; which is its index. */
bool dcnn_json_choice(dcnn_json *json, const dcnn_json_value *value, const char *const *words, size_t word_count,
                      int *which);

#endif
