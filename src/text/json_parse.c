/* A recursive descent parser. Texts are decoded where they stand, so a file costs itself and 48 bytes a value. */
#include "json.h"
#include "number.h"
#include "words.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *at, *end;
    char *line_start;
    size_t continued; /* bytes of the line so far that continue a character */
    uint32_t line;
    dcnn_pool *pool;
    const char *file;
    dcnn_error *err;
    dcnn_status status;
} parser;

static bool parse_value(parser *p, dcnn_json_value *value, int depth);

static uint32_t column(const parser *p)
{
    return (uint32_t)((size_t)(p->at - p->line_start) - p->continued + 1);
}

/* --- faults --- */

static void fail_at(parser *p, uint32_t line, uint32_t at_column)
{
    p->status = DCNN_E_SYNTAX;
    if (!p->err) return;
    p->err->line = (int)line;
    p->err->column = (int)at_column;
}

static bool fail(parser *p, const char *what)
{
    (void)dcnn_fail(p->err, DCNN_E_SYNTAX, p->file, "%s", what);
    fail_at(p, p->line, column(p));
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "expected ..., found ..." with the word, character or byte that is there. */
static bool fail_expected(parser *p, const char *expected)
{
    unsigned char byte = p->at < p->end ? (unsigned char)*p->at : 0;
    int letters = 0;

    while (p->at + letters < p->end && letters < 20 && is_letter(p->at[letters])) letters++;
    if (p->at == p->end)
        (void)dcnn_fail(p->err, DCNN_E_SYNTAX, p->file, "expected %s, found the end of the file", expected);
    else if (letters > 0)
        (void)dcnn_fail(p->err, DCNN_E_SYNTAX, p->file, "expected %s, found %.*s", expected, letters, p->at);
    else if (byte > ' ' && byte < 0x7f)
        (void)dcnn_fail(p->err, DCNN_E_SYNTAX, p->file, "expected %s, found '%c'", expected, byte);
    else
        (void)dcnn_fail(p->err, DCNN_E_SYNTAX, p->file, "expected %s, found byte 0x%02x", expected, byte);
    fail_at(p, p->line, column(p));
    return false;
}

static bool fail_memory(parser *p)
{
    p->status = dcnn_fail_memory(p->err);
    return false;
}

/* --- white space and words --- */

static void skip_space(parser *p)
{
    for (; p->at < p->end; p->at++) {
        if (*p->at == '\n') {
            p->line++;
            p->line_start = p->at + 1;
            p->continued = 0;
        } else if (*p->at != ' ' && *p->at != '\t' && *p->at != '\r') {
            return;
        }
    }
}

static bool skip_char(parser *p, char c)
{
    if (p->at == p->end || *p->at != c) return false;
    p->at++;
    return true;
}

static bool skip_word(parser *p, const char *word)
{
    size_t length = strlen(word);

    if ((size_t)(p->end - p->at) < length || memcmp(p->at, word, length) != 0) return false;
    if ((size_t)(p->end - p->at) > length && is_letter(p->at[length])) return false;
    p->at += length;
    return true;
}

/* --- numbers --- */

/* Whether the digits of a whole number fit 64 bits. */
static bool read_whole(const char *text, size_t length, int64_t *whole)
{
    bool negative = text[0] == '-';
    uint64_t value = 0, most = (uint64_t)INT64_MAX + negative;

    for (size_t k = negative; k < length; k++) {
        uint64_t digit = (uint64_t)(text[k] - '0');
        if (value > (most - digit) / 10) return false;
        value = value * 10 + digit;
    }
    *whole = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

static bool parse_number(parser *p, dcnn_json_value *value)
{
    dcnn_number_span span = dcnn_number_scan(p->at, (size_t)(p->end - p->at));

    if (span.length == 0) return fail(p, "malformed number: expected digits, and no zeros before them");
    if (span.length > DCNN_NUMBER_LENGTH_MAX) return fail(p, "a number of more than 127 characters");
    value->type = DCNN_JSON_WHOLE;
    if (!span.whole || !read_whole(p->at, span.length, &value->as.whole)) {
        value->type = DCNN_JSON_REAL;
        value->as.real = dcnn_number_value(p->at, span, 0);
        if (!isfinite(value->as.real)) return fail(p, "number out of range");
    }
    p->at += span.length;
    return true;
}

/* --- texts --- */

size_t dcnn_utf8_size(const char *at, const char *end)
{
    const unsigned char *byte = (const unsigned char *)at;
    size_t size = byte[0] < 0x80 ? 1 : byte[0] < 0xc2 ? 0 : byte[0] < 0xe0 ? 2 : byte[0] < 0xf0 ? 3 : 4;
    unsigned char second_min = 0x80, second_max = 0xbf;

    if (size < 2) return size;
    if (byte[0] > 0xf4 || (size_t)(end - at) < size) return 0;
    if (byte[0] == 0xe0) second_min = 0xa0;
    if (byte[0] == 0xed) second_max = 0x9f;
    if (byte[0] == 0xf0) second_min = 0x90;
    if (byte[0] == 0xf4) second_max = 0x8f;
    if (byte[1] < second_min || byte[1] > second_max) return 0;
    for (size_t k = 2; k < size; k++)
        if ((byte[k] & 0xc0) != 0x80) return 0;
    return size;
}

/* Four hexadecimal digits; false when there are no four. */
static bool parse_hex(parser *p, uint32_t *code)
{
    *code = 0;
    for (int k = 0; k < 4; k++) {
        char c = p->at < p->end ? *p->at : '\0';
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) return fail(p, "expected four hexadecimal digits after \\u");
        *code = *code << 4 | (uint32_t)digit;
        p->at++;
    }
    return true;
}

static char *put_utf8(char *out, uint32_t code)
{
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xc0 | code >> 6);
        *out++ = (char)(0x80 | (code & 63));
    } else if (code < 0x10000) {
        *out++ = (char)(0xe0 | code >> 12);
        *out++ = (char)(0x80 | (code >> 6 & 63));
        *out++ = (char)(0x80 | (code & 63));
    } else {
        *out++ = (char)(0xf0 | code >> 18);
        *out++ = (char)(0x80 | (code >> 12 & 63));
        *out++ = (char)(0x80 | (code >> 6 & 63));
        *out++ = (char)(0x80 | (code & 63));
    }
    return out;
}

/* A \u escape, or the two of a surrogate pair, of which "\u" has been read. */
static bool parse_unicode_escape(parser *p, char **out)
{
    uint32_t code, low;

    if (!parse_hex(p, &code)) return false;
    if (code == 0) return fail(p, "\\u0000 is not allowed in a text");
    if (code >= 0xdc00 && code <= 0xdfff) return fail(p, "half a surrogate pair");
    if (code >= 0xd800 && code <= 0xdbff) {
        if (!skip_char(p, '\\') || !skip_char(p, 'u')) return fail(p, "half a surrogate pair");
        if (!parse_hex(p, &low)) return false;
        if (low < 0xdc00 || low > 0xdfff) return fail(p, "half a surrogate pair");
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    *out = put_utf8(*out, code);
    return true;
}

/* An escape of which the backslash has been read. Never longer decoded than written. */
static bool parse_escape(parser *p, char **out)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *letter = p->at < p->end && *p->at ? strchr(letters, *p->at) : NULL;

    if (skip_char(p, 'u')) return parse_unicode_escape(p, out);
    if (!letter) return fail_expected(p, "one of \" \\ / b f n r t u after the backslash");
    *(*out)++ = meanings[letter - letters];
    p->at++;
    return true;
}

/* The text after its opening quote; terminated in place. */
static bool parse_text(parser *p, const char **text)
{
    char *out = p->at;

    *text = out;
    for (;;) {
        size_t size;
        if (p->at == p->end) return fail_expected(p, "the closing quote of a text");
        if (skip_char(p, '"')) break;
        if (skip_char(p, '\\')) {
            if (!parse_escape(p, &out)) return false;
            continue;
        }
        if (*p->at == '\n') return fail(p, "a line ends inside a text");
        if ((unsigned char)*p->at < 0x20) return fail(p, "a control character inside a text");
        size = dcnn_utf8_size(p->at, p->end);
        if (size == 0) return fail(p, "bytes that are not UTF-8");
        memmove(out, p->at, size);
        out += size;
        p->at += size;
        p->continued += size - 1;
    }
    *out = '\0';
    return true;
}

/* --- arrays and objects --- */

static dcnn_json_value *add_child(parser *p, dcnn_json_value *parent, dcnn_json_value **last)
{
    dcnn_json_value *child = dcnn_pool_take(p->pool, 1, sizeof *child);

    if (!child) {
        (void)fail_memory(p);
        return NULL;
    }
    child->parent = parent;
    child->line = p->line;
    child->column = column(p);
    if (*last)
        (*last)->next = child;
    else
        parent->as.first = child;
    *last = child;
    parent->count++;
    return child;
}

static bool parse_array(parser *p, dcnn_json_value *array, int depth)
{
    dcnn_json_value *last = NULL;

    skip_space(p);
    if (skip_char(p, ']')) return true;
    for (;;) {
        dcnn_json_value *element = add_child(p, array, &last);
        if (!element) return false;
        element->name.index = array->count - 1;
        if (!parse_value(p, element, depth + 1)) return false;
        skip_space(p);
        if (skip_char(p, ']')) return true;
        if (!skip_char(p, ',')) return fail_expected(p, "',' or ']'");
        skip_space(p);
    }
}

static int by_key(const void *a, const void *b)
{
    const dcnn_json_value *x = *(dcnn_json_value *const *)a, *y = *(dcnn_json_value *const *)b;
    int order = strcmp(x->name.key, y->name.key);

    if (order == 0) order = (x->line > y->line) - (x->line < y->line);
    return order ? order : (x->column > y->column) - (x->column < y->column);
}

static bool is_earlier(const dcnn_json_value *a, const dcnn_json_value *b)
{
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* Refuses keys given twice, at the first one that repeats an earlier one. */
static bool check_keys(parser *p, const dcnn_json_value *object)
{
    const dcnn_json_value *second = NULL;
    const dcnn_json_value **sorted;
    char quoted[DCNN_QUOTED_SIZE];
    size_t count = 0;

    if (object->count < 2) return true;
    sorted = dcnn_take(object->count, sizeof(dcnn_json_value *));
    if (!sorted) return fail_memory(p);
    for (const dcnn_json_value *member = object->as.first; member; member = member->next) sorted[count++] = member;
    qsort(sorted, count, sizeof *sorted, by_key);
    for (size_t k = 1; k < count; k++)
        if (strcmp(sorted[k - 1]->name.key, sorted[k]->name.key) == 0 && (!second || is_earlier(sorted[k], second)))
            second = sorted[k];
    free(sorted);
    if (!second) return true;
    (void)dcnn_fail(p->err, DCNN_E_SYNTAX, p->file, "duplicate key %s", dcnn_quote(quoted, second->name.key));
    fail_at(p, second->line, second->column);
    return false;
}

static bool parse_object(parser *p, dcnn_json_value *object, int depth)
{
    dcnn_json_value *last = NULL;

    skip_space(p);
    if (skip_char(p, '}')) return true;
    for (;;) {
        dcnn_json_value *member;
        if (p->at == p->end || *p->at != '"') return fail_expected(p, "a key in double quotes");
        member = add_child(p, object, &last);
        if (!member) return false;
        p->at++;
        if (!parse_text(p, &member->name.key)) return false;
        skip_space(p);
        if (!skip_char(p, ':')) return fail_expected(p, "':' after the key");
        skip_space(p);
        if (!parse_value(p, member, depth + 1)) return false;
        skip_space(p);
        if (skip_char(p, '}')) return check_keys(p, object);
        if (!skip_char(p, ',')) return fail_expected(p, "',' or '}'");
        skip_space(p);
    }
}

static bool parse_value(parser *p, dcnn_json_value *value, int depth)
{
    char c = p->at < p->end ? *p->at : '\0';

    if (c == '{' || c == '[') {
        if (depth > DCNN_JSON_DEPTH_MAX) return fail(p, "nested more than 64 levels deep");
        p->at++;
        value->type = c == '{' ? DCNN_JSON_OBJECT : DCNN_JSON_ARRAY;
        return c == '{' ? parse_object(p, value, depth) : parse_array(p, value, depth);
    }
    if (c == '"') {
        p->at++;
        value->type = DCNN_JSON_TEXT;
        return parse_text(p, &value->as.text);
    }
    if (c == '-' || (c >= '0' && c <= '9')) return parse_number(p, value);
    if (skip_word(p, "null")) return true;
    value->type = DCNN_JSON_BOOL;
    if (skip_word(p, "false")) return true;
    value->as.truth = skip_word(p, "true");
    return value->as.truth || fail_expected(p, "a value");
}

dcnn_status dcnn_json_parse(dcnn_json_value **root, char *text, size_t size, dcnn_pool *pool, const char *file,
                            dcnn_error *err)
{
    parser p = {.at = text, .end = text + size, .line_start = text, .line = 1, .pool = pool, .file = file, .err = err};
    dcnn_json_value *value = dcnn_pool_take(pool, 1, sizeof *value);

    *root = NULL;
    if (!value) return dcnn_fail_memory(err);
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        (void)fail(&p, "a byte order mark: save the file as UTF-8 without it");
        return p.status;
    }
    skip_space(&p);
    if (!parse_value(&p, value, 1)) return p.status;
    skip_space(&p);
    if (p.at < p.end) (void)fail_expected(&p, "the end of the file");
    if (!p.status) *root = value;
    return p.status;
}
