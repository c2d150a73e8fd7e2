/* Small multiples: a panel for each system and setting, each with an axis of its own so that small CNNs are seen beside
 * large ones; on logarithmic axes, which hold both, one for all. Lengths are pixels from the top left corner. */
#include "experiment/plots_internal.h"
#include "markup/markup.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    PAGE_WIDTH = 1180,
    PAGE_PANELS = 12,
    COLUMNS_MAX = 4,
    LEFT = 84,
    RIGHT = 16,
    BOTTOM = 50,
    BETWEEN_COLUMNS = 60,
    TICS = 46, /* below a panel, with air */
    LABEL_WIDTH = 22,
    TITLE_BASE = 24, /* middle of the line; the next two below it where there are such */
    LINE = 24,
    TITLE_LINE = 16, /* of a panel */
    SWATCH = 11,
    SWATCH_GAP = 6,
    LEGEND_GAP = 18
};

typedef struct {
    dcnn_buf *out;
    const dcnn_panels *panels;
    const dcnn_picture *picture;
    const dcnn_panel **shown; /* [count] on all pages */
    int count;
    dcnn_legend legend[DCNN_LEGEND_MAX];
    int legend_count;
} script;

typedef struct {
    int first, count; /* panels */
    int columns, rows, panel_width, panel_height, width, height;
    int top;          /* of the first panel */
    int between_rows; /* room for labels and titles */
} page;

bool dcnn_picture_shows(const dcnn_picture *picture, const dcnn_group *g)
{
    return !picture->of_placed || g->placed > 0;
}

bool dcnn_picture_shows_panel(const dcnn_picture *picture, const dcnn_panel *panel)
{
    for (int k = 0; k < panel->count; k++)
        if (dcnn_picture_shows(picture, panel->group[k])) return true;
    return false;
}

void dcnn_gnuplot_quote(dcnn_buf *out, const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,:;()=+-/_%*<>&";
    bool after_number = false; /* a digit there would belong to it */

    dcnn_buf_text(out, "\"");
    for (; *text; text++) {
        bool digit = *text >= '0' && *text <= '9';
        if ((unsigned char)*text >= 0x80 || strchr(letters, *text) || (digit && !after_number)) {
            dcnn_buf_add(out, text, 1);
            after_number = false;
        } else {
            dcnn_buf_format(out, "\\%03o", (unsigned)*text);
            after_number = true;
        }
    }
    dcnn_buf_text(out, "\"");
}

/* --- pages --- */

/* Where there are several systems, and few settings of each, a row is a system. */
static int count_columns(const script *s, int count)
{
    int settings = 1;

    while (settings < s->count && s->shown[settings]->system == s->shown[0]->system) settings++;
    if (settings < s->count && settings <= COLUMNS_MAX && settings > 1) return settings;
    if (count <= COLUMNS_MAX) return count;
    return count == 5 || count == 6 || count == 9 ? 3 : COLUMNS_MAX;
}

static page lay_out(const script *s, int first)
{
    page p = {.first = first};
    int columns = count_columns(s, s->count - first < PAGE_PANELS ? s->count - first : PAGE_PANELS);
    int most = PAGE_PANELS / columns * columns;

    p.columns = columns;
    p.count = s->count - first < most ? s->count - first : most;
    p.rows = (p.count + columns - 1) / columns;
    p.panel_width = (PAGE_WIDTH - LEFT - RIGHT - (columns - 1) * BETWEEN_COLUMNS) / columns;
    if (p.panel_width > 560) p.panel_width = 560;
    p.panel_height = columns < 3 ? 260 : 190;
    p.between_rows = TICS + (s->panels->plan->system_count > 1 ? 2 : 1) * TITLE_LINE;
    p.top = TITLE_BASE + ((s->panels->plan->name != NULL) + (s->legend_count > 0)) * LINE + p.between_rows - TICS / 3;
    p.width = LEFT + columns * p.panel_width + (columns - 1) * BETWEEN_COLUMNS + RIGHT;
    p.height = p.top + p.rows * p.panel_height + (p.rows - 1) * p.between_rows + BOTTOM;
    return p;
}

/* A line of text with its middle at y, cut where it is wider than the page. */
static void add_line(const script *s, const page *p, const char *text, int size, double y)
{
    char *fitted = dcnn_markup_fit(s->panels->pool, text, size, p->width - 20);

    if (!fitted) {
        s->out->failed = true;
        return;
    }
    dcnn_buf_text(s->out, "set label ");
    dcnn_gnuplot_quote(s->out, fitted);
    dcnn_buf_format(s->out, " at screen 0.5, screen %.4f center font ',%d'\n", 1 - y / p->height, size);
}

static double legend_width(const dcnn_legend *entry)
{
    return SWATCH + SWATCH_GAP + dcnn_markup_width(entry->text, 12);
}

static void add_legend(const script *s, const page *p, double y)
{
    double x = p->width, height = p->height;

    for (int k = 0; k < s->legend_count; k++) x -= legend_width(&s->legend[k]) + (k ? LEGEND_GAP : 0);
    x /= 2;
    for (int k = 0; k < s->legend_count; k++) {
        dcnn_buf_format(s->out,
                        "set object rectangle from screen %.4f, screen %.4f to screen %.4f, screen %.4f fillcolor "
                        "rgb '%s' fillstyle solid 1 noborder\nset label ",
                        x / p->width, 1 - (y + SWATCH / 2.0) / height, (x + SWATCH) / p->width,
                        1 - (y - SWATCH / 2.0) / height, s->legend[k].colour);
        dcnn_gnuplot_quote(s->out, s->legend[k].text);
        dcnn_buf_format(s->out, " at screen %.4f, screen %.4f left\n", (x + SWATCH + SWATCH_GAP) / p->width,
                        1 - y / height);
        x += legend_width(&s->legend[k]) + LEGEND_GAP;
    }
}

static void add_head_lines(const script *s, const page *p)
{
    double y = TITLE_BASE;

    if (s->panels->plan->name) {
        add_line(s, p, s->panels->plan->name, 16, y);
        y += LINE;
    }
    add_line(s, p, s->picture->title, 12, y);
    add_legend(s, p, y + LINE);
}

/* --- panels --- */

static void add_panel_title(const script *s, const page *p, const dcnn_panel *panel)
{
    char *setting = dcnn_markup_fit(s->panels->pool, panel->setting, 12, p->panel_width + 30);
    char *system = dcnn_markup_fit(s->panels->pool, panel->system->name, 12, p->panel_width + 30);

    if (!setting || !system) {
        s->out->failed = true;
        return;
    }
    dcnn_buf_text(s->out, "set title ");
    dcnn_gnuplot_quote(s->out, setting);
    if (s->panels->plan->system_count > 1) {
        dcnn_buf_text(s->out, ".\"\\n\".");
        dcnn_gnuplot_quote(s->out, system);
    }
    dcnn_buf_text(s->out, "\n");
}

/* Layers per unit, as many as there is room for; the last one always. */
static void add_labels(const script *s, const page *p, const dcnn_panel *panel)
{
    int count = 0, step, at = 0;

    for (int k = 0; k < panel->count; k++) count += dcnn_picture_shows(s->picture, panel->group[k]);
    step = (count * LABEL_WIDTH + p->panel_width - 1) / p->panel_width;
    dcnn_buf_format(s->out, "set xrange [-0.6:%.1f]\nset xtics (", count - 0.4);
    for (int k = 0; k < panel->count; k++) {
        char layers[16];
        if (!dcnn_picture_shows(s->picture, panel->group[k])) continue;
        dcnn_group_layers(panel->group[k], layers);
        if ((count - 1 - at) % step == 0) dcnn_buf_format(s->out, "'%s' %d%s", layers, at, at < count - 1 ? ", " : "");
        at++;
    }
    dcnn_buf_text(s->out, ")\n");
}

static void widen(const script *s, const dcnn_panel *panel, double *least, double *most)
{
    for (int k = 0; k < panel->count; k++) {
        double from, to;
        if (!dcnn_picture_shows(s->picture, panel->group[k])) continue;
        s->picture->span(panel->group[k], &from, &to);
        if (from < *least) *least = from;
        if (to > *most) *most = to;
    }
}

static void add_range(const script *s, const dcnn_panel *panel)
{
    double least = INFINITY, most = 0, rim;

    if (s->picture->logarithmic) {
        for (int k = 0; k < s->count; k++) widen(s, s->shown[k], &least, &most);
        dcnn_buf_format(s->out, "set yrange [%g:%g]\n", pow(10, floor(log10(least))), pow(10, ceil(log10(most))));
        return;
    }
    widen(s, panel, &least, &most);
    rim = most > least ? 0.06 * (most - least) : most > 0 ? 0.02 * most : 1;
    dcnn_buf_format(s->out, "set yrange [%.9g:%.9g]\n", least > rim ? least - rim : 0, most + rim);
}

static void add_panel(const script *s, const page *p, int k)
{
    const dcnn_panel *panel = s->shown[k];
    int place = k - p->first;

    add_panel_title(s, p, panel);
    add_labels(s, p, panel);
    add_range(s, panel);
    dcnn_buf_format(s->out, "set xlabel %s\n", place + p->columns >= p->count ? "'layers per unit, at most'" : "''");
    dcnn_buf_text(s->out, "set ylabel ");
    dcnn_gnuplot_quote(s->out, place % p->columns == 0 ? s->picture->quantity : "");
    dcnn_buf_text(s->out, "\nplot ");
    s->picture->plot(s->out, s->panels, k);
    dcnn_buf_text(s->out, "\n");
    if (place == 0) dcnn_buf_text(s->out, "unset label\nunset object\n");
}

/* --- scripts --- */

static void add_page(const script *s, const page *p, int number)
{
    char suffix[16] = "";
    double width = p->width, height = p->height;

    if (number > 1) (void)snprintf(suffix, sizeof suffix, "-%d", number);
    /* no braces: a name with one of its own would end the block too early */
    dcnn_buf_format(s->out,
                    "\nif (kind eq 'png') set terminal pngcairo size %d,%d noenhanced font 'Arial,9' background "
                    "'#ffffff'; else set terminal svg size %d,%d noenhanced font 'Arial,11' background '#ffffff'\n"
                    "set output '%s%s.'.kind\n"
                    "set multiplot layout %d,%d margins %.4f,%.4f,%.4f,%.4f spacing %.4f,%.4f\n",
                    p->width, p->height, p->width, p->height, s->picture->name, suffix, p->rows, p->columns,
                    LEFT / width, 1 - RIGHT / width, BOTTOM / height, 1 - p->top / height, BETWEEN_COLUMNS / width,
                    p->between_rows / height);
    add_head_lines(s, p);
    for (int k = p->first; k < p->first + p->count; k++) add_panel(s, p, k);
    dcnn_buf_text(s->out, "unset multiplot\nunset output\n");
}

static void add_head(const script *s)
{
    dcnn_buf_format(s->out,
                    "# %s.gp - draws %s.svg from %s.dat: gnuplot %s.gp\n"
                    "reset\n"
                    "set encoding utf8\n"
                    "if (!exists('kind')) kind = 'svg'\n"
                    "set border 3 linecolor rgb '#8b949e'\n"
                    "set tics nomirror out textcolor rgb '#1f2328'\n"
                    "set grid ytics linetype 1 linecolor rgb '#dfe4e8'\n"
                    "set boxwidth 0.62\n"
                    "set style fill solid 1 noborder\n"
                    "unset key\n",
                    s->picture->name, s->picture->name, s->picture->name, s->picture->name);
    if (s->picture->logarithmic) dcnn_buf_text(s->out, "set logscale y\n");
    if (s->panels->left_out)
        dcnn_buf_format(s->out, "# the first %d of the plan's panels; summary.csv has all\n", DCNN_PANELS_MAX);
}

void dcnn_plots_script(dcnn_buf *out, const dcnn_panels *panels, const dcnn_picture *picture)
{
    script s = {.out = out, .panels = panels, .picture = picture};

    s.shown = dcnn_pool_take(panels->pool, (size_t)panels->count, sizeof *s.shown);
    if (!s.shown) {
        out->failed = true;
        return;
    }
    s.legend_count = picture->legend(panels, s.legend);
    for (int k = 0; k < panels->count; k++)
        if (dcnn_picture_shows_panel(picture, &panels->panel[k])) s.shown[s.count++] = &panels->panel[k];
    add_head(&s);
    for (int first = 0, number = 1; first < s.count; number++) {
        page p = lay_out(&s, first);
        add_page(&s, &p, number);
        first += p.count;
    }
}
