/* The document, its faults, and objects of which every key is accounted for. */
#include "json.h"
#include "number.h"
#include "words.h"
#include <stdio.h>
#include <string.h>

/* --- faults --- */

static bool is_plain_key(const char *key)
{
    for (const char *c = key; *c; c++)
        if (!(*c == '_' || (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9')))
            return false;
    return *key != '\0';
}

/* Appends at the end of a terminated text; what does not fit is cut off. */
static void append(char *out, size_t size, const char *text)
{
    size_t used = strlen(out);

    (void)snprintf(out + used, size - used, "%s", text);
}

/* "units[3].memory_bytes"; "" for the root. */
static void write_path(char *out, size_t size, const dcnn_json_value *value)
{
    const dcnn_json_value *chain[DCNN_JSON_DEPTH_MAX + 1];
    char part[DCNN_QUOTED_SIZE + 8], quoted[DCNN_QUOTED_SIZE];
    int length = 0;

    for (; value && value->parent; value = value->parent) chain[length++] = value;
    out[0] = '\0';
    for (int k = length - 1; k >= 0; k--) {
        const char *dot = k == length - 1 ? "" : ".";
        if (chain[k]->parent->type == DCNN_JSON_ARRAY)
            (void)snprintf(part, sizeof part, "[%zu]", chain[k]->name.index);
        else if (is_plain_key(chain[k]->name.key))
            (void)snprintf(part, sizeof part, "%s%.90s", dot, chain[k]->name.key);
        else
            (void)snprintf(part, sizeof part, "[%s]", dcnn_quote(quoted, chain[k]->name.key));
        append(out, size, part);
    }
}

static void report(dcnn_json *json, const dcnn_error *fault)
{
    if (json->on_fault) json->on_fault(json->user, fault);
    if (json->status) return;
    json->status = fault->code;
    if (json->err) *json->err = *fault;
}

static void report_at(dcnn_json *json, const dcnn_json_value *at, const char *text)
{
    dcnn_error fault;
    char where[sizeof fault.where], path[sizeof fault.where];

    write_path(path, sizeof path, at);
    (void)snprintf(where, sizeof where, path[0] ? "%s: " : "%s", json->file);
    append(where, sizeof where, path);
    (void)dcnn_fail(&fault, DCNN_E_VALUE, where, "%s", text);
    report(json, &fault);
}

void dcnn_json_fault(dcnn_json *json, const dcnn_json_value *at, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    report_at(json, at, text);
}

static void describe(char *out, size_t size, const dcnn_json_value *value)
{
    static const char *const names[] = {
        [DCNN_JSON_NULL] = "null", [DCNN_JSON_ARRAY] = "an array", [DCNN_JSON_OBJECT] = "an object"};
    char quoted[DCNN_QUOTED_SIZE], number[DCNN_NUMBER_TEXT_SIZE];

    switch (value->type) {
    case DCNN_JSON_BOOL:
        (void)snprintf(out, size, "%s", value->as.truth ? "true" : "false");
        break;
    case DCNN_JSON_WHOLE:
        (void)snprintf(out, size, "%lld", (long long)value->as.whole);
        break;
    case DCNN_JSON_REAL:
        (void)snprintf(out, size, "%s", dcnn_number_text(number, value->as.real));
        break;
    case DCNN_JSON_TEXT:
        (void)snprintf(out, size, "%s", dcnn_quote(quoted, value->as.text));
        break;
    case DCNN_JSON_NULL:
    case DCNN_JSON_ARRAY:
    case DCNN_JSON_OBJECT:
        (void)snprintf(out, size, "%s", names[value->type]);
        break;
    }
}

void dcnn_json_expected(dcnn_json *json, const dcnn_json_value *at, const char *format, ...)
{
    char expected[384], found[DCNN_QUOTED_SIZE];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(expected, sizeof expected, format, args);
    va_end(args);
    describe(found, sizeof found, at);
    dcnn_json_fault(json, at, "expected %s, found %s", expected, found);
}

void dcnn_json_lost_memory(dcnn_json *json)
{
    if (json->status == DCNN_E_MEMORY) return;
    json->status = dcnn_fail_memory(json->err);
}

/* --- the document --- */

dcnn_status dcnn_json_open(dcnn_json *json, dcnn_buf *text, const char *file, dcnn_fault_fn on_fault, void *user,
                           dcnn_error *err)
{
    dcnn_json_value *root = NULL;
    dcnn_error fault;
    dcnn_status status;

    *json = (dcnn_json){.file = file, .on_fault = on_fault, .user = user, .err = err, .text = *text};
    *text = (dcnn_buf){0};
    json->pool = dcnn_pool_new();
    if (!json->pool) {
        dcnn_json_lost_memory(json);
        return json->status;
    }
    status = dcnn_json_parse(&root, json->text.data, json->text.size, json->pool, file, &fault);
    json->root = root;
    if (status == DCNN_E_MEMORY)
        dcnn_json_lost_memory(json);
    else if (status)
        report(json, &fault);
    return json->status;
}

void dcnn_json_close(dcnn_json *json)
{
    dcnn_pool_free(json->pool);
    dcnn_buf_clear(&json->text);
    json->pool = NULL;
    json->root = NULL;
}

/* --- objects --- */

bool dcnn_json_enter(dcnn_json *json, const dcnn_json_value *value, dcnn_json_object *object)
{
    if (!value) return false;
    if (value->type != DCNN_JSON_OBJECT) {
        dcnn_json_expected(json, value, "an object");
        return false;
    }
    object->json = json;
    object->value = value;
    object->asked_count = 0;
    object->found_count = 0;
    return true;
}

const dcnn_json_value *dcnn_json_get(dcnn_json_object *object, const char *key)
{
    if (object->asked_count < DCNN_JSON_KEYS_MAX) object->asked[object->asked_count++] = key;
    for (const dcnn_json_value *member = object->value->as.first; member; member = member->next) {
        if (strcmp(member->name.key, key) != 0) continue;
        object->found_count++;
        return member;
    }
    return NULL;
}

const dcnn_json_value *dcnn_json_need(dcnn_json_object *object, const char *key)
{
    const dcnn_json_value *member = dcnn_json_get(object, key);

    if (!member) dcnn_json_fault(object->json, object->value, "missing key \"%s\"", key);
    return member;
}

static bool was_asked(const dcnn_json_object *object, const char *key)
{
    for (size_t k = 0; k < object->asked_count; k++)
        if (strcmp(object->asked[k], key) == 0) return true;
    return false;
}

void dcnn_json_leave(dcnn_json_object *object)
{
    char quoted[DCNN_QUOTED_SIZE];

    if (object->found_count == object->value->count) return;
    for (const dcnn_json_value *member = object->value->as.first; member; member = member->next) {
        const char *key = member->name.key, *meant;
        if (was_asked(object, key)) continue;
        meant = dcnn_word_suggest(key, object->asked, object->asked_count);
        dcnn_json_fault(object->json, object->value, "unknown key %s%s%s%s", dcnn_quote(quoted, key),
                        meant ? "; did you mean \"" : "", meant ? meant : "", meant ? "\"?" : "");
    }
}
