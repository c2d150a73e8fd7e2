#include "cli.h"
#include <string.h>

/* Bytes of the UTF-8 sequence that begins here; 1 for a byte that begins none. */
static size_t sequence_size(const unsigned char *text)
{
    size_t size = *text >= 0xf8 ? 1 : *text >= 0xf0 ? 4 : *text >= 0xe0 ? 3 : *text >= 0xc0 ? 2 : 1;

    for (size_t k = 1; k < size; k++)
        if ((text[k] & 0xc0) != 0x80) return 1;
    return size;
}

/* Control characters (C0, DEL, C1), the marks that turn the direction of text, and bytes that are no UTF-8. */
static bool is_harmful(const unsigned char *text, size_t size)
{
    if (size == 1) return *text < 0x20 || *text >= 0x7f;
    if (size == 2) return text[0] == 0xc2 && text[1] < 0xa0;
    if (size != 3 || text[0] != 0xe2) return false;
    if (text[1] == 0x80) return text[2] == 0x8e || text[2] == 0x8f || (text[2] >= 0xa8 && text[2] <= 0xae);
    return text[1] == 0x81 && text[2] >= 0xa6 && text[2] <= 0xa9;
}

static uint32_t code_point(const unsigned char *text, size_t size)
{
    uint32_t code = size == 1 ? *text : *text & (0x7fU >> size);

    for (size_t k = 1; k < size; k++) code = code << 6 | (text[k] & 0x3f);
    return code;
}

/* Columns that a character takes on a terminal: the wide ones of East Asian Width (Unicode, annex 11) two, common
 * marks that combine with the letter before them none. */
static int column_count(const unsigned char *text, size_t size)
{
    static const struct {
        uint32_t first, last;
        int columns;
    } rows[] = {
        {0x300, 0x36f, 0},   {0x1100, 0x115f, 2},   {0x1ab0, 0x1aff, 0},   {0x1dc0, 0x1dff, 0},   {0x200b, 0x200d, 0},
        {0x20d0, 0x20ff, 0}, {0x2e80, 0xa4cf, 2},   {0xa960, 0xa97c, 2},   {0xac00, 0xd7a3, 2},   {0xf900, 0xfaff, 2},
        {0xfe00, 0xfe0f, 0}, {0xfe10, 0xfe19, 2},   {0xfe20, 0xfe2f, 0},   {0xfe30, 0xfe6f, 2},   {0xff01, 0xff60, 2},
        {0xffe0, 0xffe6, 2}, {0x16fe0, 0x1b2ff, 2}, {0x1f000, 0x1faff, 2}, {0x20000, 0x3fffd, 2},
    };
    uint32_t code = code_point(text, size);

    for (size_t k = 0; k < sizeof rows / sizeof *rows && code >= rows[k].first; k++)
        if (code <= rows[k].last) return rows[k].columns;
    return 1;
}

static int columns(const char *text)
{
    const unsigned char *from = (const unsigned char *)text;
    int count = 0;

    for (size_t step; *from; from += step) {
        step = sequence_size(from);
        count += column_count(from, step);
    }
    return count;
}

int cli_clean(char *out, size_t size, const char *text, int width)
{
    const unsigned char *from = (const unsigned char *)text;
    bool cut = width > 0 && columns(text) > width;
    int room = cut ? width - 2 : width, shown = 0;
    size_t used = 0;

    for (size_t step; *from; from += step) {
        bool harmful;
        int wide;
        step = sequence_size(from);
        harmful = is_harmful(from, step);
        wide = harmful ? 1 : column_count(from, step);
        if (width > 0 && shown + wide > room) break;
        if (used + step + sizeof ".." > size) {
            cut = true;
            break;
        }
        if (harmful)
            out[used++] = '?';
        else {
            memcpy(out + used, from, step);
            used += step;
        }
        shown += wide;
    }
    if (cut) {
        memcpy(out + used, "..", 2);
        used += 2;
        shown += 2;
    }
    out[used] = 0;
    return shown;
}

static void format_scaled(char *out, size_t size, double value, double step, const char *const *units)
{
    int k = 0;

    while (value >= step && units[k + 1]) {
        value /= step;
        k++;
    }
    (void)snprintf(out, size, "%.4g %s", value, units[k]);
}

void cli_format_bytes(char *out, size_t size, int64_t bytes)
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", NULL};

    format_scaled(out, size, (double)bytes, 1024, units);
}

void cli_format_ops(char *out, size_t size, double ops)
{
    static const char *const units[] = {"op", "kop", "Mop", "Gop", "Top", "Pop", NULL};

    format_scaled(out, size, ops, 1000, units);
}

void cli_add_word(cli_lines *lines, const char *word)
{
    int width = columns(word);

    if (lines->column > 0 && lines->column + 1 + width > CLI_WIDTH) cli_end_line(lines);
    if (lines->column == 0)
        lines->column = fprintf(lines->out, "%*s", lines->indent, "");
    else
        lines->column += fprintf(lines->out, " ");
    fputs(word, lines->out);
    lines->column += width;
}

void cli_add_sentence(cli_lines *lines, const char *sentence)
{
    char word[8 * CLI_WIDTH], fitted[sizeof word + 4];

    while (*sentence) {
        size_t length = strcspn(sentence, " ");
        if (length > 0) {
            (void)snprintf(word, sizeof word, "%.*s", (int)(length < sizeof word ? length : sizeof word - 1), sentence);
            (void)cli_clean(fitted, sizeof fitted, word, CLI_WIDTH - lines->indent);
            cli_add_word(lines, fitted);
        }
        sentence += length + (sentence[length] == ' ');
    }
}

void cli_end_line(cli_lines *lines)
{
    if (lines->column > 0) putc('\n', lines->out);
    lines->column = 0;
}
