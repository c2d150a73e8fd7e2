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

static int columns(const char *text)
{
    const unsigned char *from = (const unsigned char *)text;
    int count = 0;

    for (; *from; from += sequence_size(from)) count++;
    return count;
}

int cli_clean(char *out, size_t size, const char *text, int width)
{
    const unsigned char *from = (const unsigned char *)text;
    bool cut = width > 0 && columns(text) > width;
    int left = cut ? width - 2 : width;
    size_t used = 0;
    int shown = 0;

    for (; *from && (width == 0 || left > 0); left--, shown++) {
        size_t step = sequence_size(from);
        if (used + step + sizeof ".." > size) break;
        if (is_harmful(from, step))
            out[used++] = '?';
        else {
            memcpy(out + used, from, step);
            used += step;
        }
        from += step;
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
    char word[CLI_WIDTH];

    while (*sentence) {
        size_t length = strcspn(sentence, " ");
        if (length > 0) {
            (void)snprintf(word, sizeof word, "%.*s", (int)(length < sizeof word ? length : sizeof word - 1), sentence);
            cli_add_word(lines, word);
        }
        sentence += length + (sentence[length] == ' ');
    }
}

void cli_end_line(cli_lines *lines)
{
    if (lines->column > 0) putc('\n', lines->out);
    lines->column = 0;
}
