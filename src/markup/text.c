#include "markup.h"
#include <string.h>

enum { REPLACEMENT = 0xFFFD, FIT_LETTERS_MAX = 400 };

static bool forbidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c < 0xE000) || (c >= 0x200E && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x61C || c == 0xFEFF ||
           (c & 0xFFFE) == 0xFFFE || c > 0x10FFFF;
}

/* Next letter of a terminated text, which is moved past it; what must not be shown becomes U+FFFD. */
static uint32_t next_letter(const char **text)
{
    static const uint32_t least[4] = {0, 0x80, 0x800, 0x10000}; /* shorter forms would be overlong */
    const unsigned char *s = (const unsigned char *)*text;
    int more = s[0] < 0x80 ? 0 : s[0] >= 0xC2 && s[0] < 0xE0 ? 1 : s[0] >= 0xE0 && s[0] < 0xF0 ? 2 : 3;
    uint32_t c = more == 0 ? s[0] : s[0] & (0x3Fu >> more);

    (*text)++;
    if (s[0] >= 0x80 && (s[0] < 0xC2 || s[0] > 0xF4)) return REPLACEMENT;
    for (int k = 1; k <= more; k++) {
        if ((s[k] & 0xC0) != 0x80) return REPLACEMENT;
        c = c << 6 | (s[k] & 0x3F);
    }
    *text += more;
    return c < least[more] || forbidden(c) ? REPLACEMENT : c;
}

static int encode(uint32_t c, char bytes[4])
{
    if (c < 0x80) {
        bytes[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        bytes[0] = (char)(0xC0 | c >> 6);
        bytes[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        bytes[0] = (char)(0xE0 | c >> 12);
        bytes[1] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | c >> 18);
    bytes[1] = (char)(0x80 | (c >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (c >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

void dcnn_markup_text(dcnn_buf *out, const char *text)
{
    while (*text) {
        uint32_t c = next_letter(&text);
        char bytes[4];
        switch (c) {
        case '&':
            dcnn_buf_text(out, "&amp;");
            break;
        case '<':
            dcnn_buf_text(out, "&lt;");
            break;
        case '>':
            dcnn_buf_text(out, "&gt;");
            break;
        case '"':
            dcnn_buf_text(out, "&quot;");
            break;
        case '\'':
            dcnn_buf_text(out, "&#39;");
            break;
        default:
            dcnn_buf_add(out, bytes, (size_t)encode(c, bytes));
        }
    }
}

/* Hundredths of the letter height, a little generous so that bold and substitute fonts still fit. */
static int advance(uint32_t c)
{
    if (c >= 0x300 && c < 0x370) return 10; /* accents that sit on the letter before, yet are not free of charge */
    if (c >= 0x1100) return c < 0x2E80 ? 75 : 105;
    if (c >= 0x80) return 65;
    if (strchr("ijl'|", (int)c)) return 26;
    if (strchr(" .,:;!/\\ftI[]`", (int)c)) return 31;
    if (strchr("-r()*\"", (int)c)) return 39;
    if (strchr("mM", (int)c)) return 88;
    if (strchr("W%@", (int)c)) return 99;
    if (c == 'w') return 76;
    if (c >= 'A' && c <= 'Z') return 73;
    return strchr("sckvxyzJ", (int)c) ? 54 : 60;
}

double dcnn_markup_width(const char *text, double size)
{
    double hundredths = 0;

    while (*text) hundredths += advance(next_letter(&text));
    return hundredths * size / 100;
}

char *dcnn_markup_fit(dcnn_pool *pool, const char *text, double size, double room)
{
    static const char ellipsis[] = "\xE2\x80\xA6";
    char *copy = dcnn_pool_take(pool, 4 * FIT_LETTERS_MAX + sizeof ellipsis, 1);
    size_t used = 0, cut = 0; /* cut: where the text must end to leave room for the ellipsis */
    double width = 0, limit = room * 100 / size;
    int letters = 0;

    if (!copy) return NULL;
    while (*text) {
        uint32_t c = next_letter(&text);
        width += advance(c);
        if (width > limit || letters++ >= FIT_LETTERS_MAX) {
            memcpy(copy + cut, ellipsis, sizeof ellipsis);
            return copy;
        }
        used += (size_t)encode(c, copy + used);
        if (width + 100 <= limit) cut = used;
    }
    copy[used] = '\0';
    return copy;
}
