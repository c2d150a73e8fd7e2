/* Colours and faces.
 *
 * Lines of CNNs begin with Okabe and Ito's colours ("Color universal design", 2008; the purple is darker here) and go
 * on with ones that differ from these and from each other, with any of the three kinds of colour blindness (Machado,
 * Oliveira, Fernandes 2009), by a CIE 1976 distance of 17 at least; on the dark pages of src/report/page.css by 15.
 * Units are lighter, so that neither is taken for the other, and differ in shape as well. */
#include "map.h"

static const struct {
    const char *line, *text; /* the text is dark enough to read on white: contrast 4.5 and more */
} cnn_looks[DCNN_CNN_LOOKS] = {
    {"#0072b2", "#00629b"}, {"#d55e00", "#a84a00"}, {"#009e73", "#00714f"}, {"#c872a3", "#a3437a"},
    {"#8f1fe0", "#7a16c4"}, {"#663311", "#663311"}, {"#001a8c", "#001a8c"}, {"#141414", "#141414"},
};

static const struct {
    const char *fill, *edge;
} unit_looks[DCNN_UNIT_LOOKS] = {
    {"#56b4e9", "#226f9c"}, {"#e69f00", "#8f6300"}, {"#f0e442", "#8d8400"}, {"#b5bcc4", "#5f6872"},
    {"#a5dcc8", "#3f8a70"}, {"#efc3da", "#96567a"}, {"#ffffff", "#444444"}, {"#d9c7f2", "#6f56a0"},
};

static const char fixed_style[] =
    "text{font-family:Arial,'Liberation Sans',Helvetica,sans-serif;fill:#1f2328}"
    ".bg{fill:#fff}.fr{fill:#fbfcfd;stroke:#dfe4e8}"
    ".e{fill:none;stroke:#ccd3d9;stroke-width:.8}.r{fill:none;stroke:#9aa4ad;stroke-width:.6;stroke-dasharray:2 3}"
    ".h{fill:none;stroke:#fff;stroke-linejoin:round}.l{fill:none;stroke-linejoin:round}"
    ".d{stroke-dasharray:9 3.5 1.5 3.5}.x{stroke-dasharray:2 4}"
    ".a{stroke:#fff;stroke-width:.7}"
    ".u path{stroke-width:1.2}.o{opacity:.6}.s path{stroke:#fff;stroke-width:.8;fill:#1f2328}"
    ".v{stroke:#6e7781;stroke-width:.8;fill:none}"
    ".b{fill:#fff;fill-opacity:.9;stroke:#d5dbe1;stroke-width:.7;rx:3px}"
    ".n{font-weight:700}.i,.y{fill:#57606a}.q{text-anchor:middle;font-weight:700}"
    ".i{stroke:#fbfcfd;stroke-width:2.5px;paint-order:stroke;stroke-linejoin:round}"
    ".g0{fill:#dfe4e8}.g1{fill:#444c56}.g2{fill:#d1242f}"
    ".z{font-size:19px;font-weight:700}.j{font-size:12.5px;fill:#57606a}"
    ".f{font-size:10.5px;font-weight:700;fill:#57606a;letter-spacing:.06em}.y{font-size:10.5px}"
    ".rt{text-anchor:end}.sc{stroke:#1f2328;stroke-width:1.4;fill:none}";

void dcnn_style_write(const dcnn_map *map, dcnn_buf *out)
{
    int cnns = map->scenario->cnn_count < DCNN_CNN_LOOKS ? map->scenario->cnn_count : DCNN_CNN_LOOKS;

    dcnn_buf_text(out, "<style>");
    dcnn_buf_text(out, fixed_style);
    dcnn_buf_text(out, "text{font-size:12px}.k text{font-size:");
    dcnn_markup_number(out, map->detail.text_size, 1);
    dcnn_buf_text(out, "px}");
    for (int k = 0; k < map->class_count; k++)
        dcnn_buf_format(out, ".t%d{fill:%s;stroke:%s}", k, unit_looks[k].fill, unit_looks[k].edge);
    for (int c = 0; c < cnns; c++)
        dcnn_buf_format(out, ".m%d .l{stroke:%s}.m%d .a,.s%d path{fill:%s}.w%d{fill:%s}", c, cnn_looks[c].line, c, c,
                        cnn_looks[c].line, c, cnn_looks[c].text);
    dcnn_buf_text(out, "</style>\n");
}
