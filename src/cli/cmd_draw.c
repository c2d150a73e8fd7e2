#include "cli.h"
#include <stdlib.h>
#include <string.h>

struct draw_options {
    const char *output;
    dcnn_draw_options drawn;
};

#define FIELD(name) offsetof(struct draw_options, name)
static const cli_option option_rows[] = {
    {'o', "output", "FILE", "what to write: .svg, .png or .pdf", CLI_TEXT, FIELD(output), 0, 0},
    {0, "range-circles", NULL, "show how far each unit is heard", CLI_FLAG, FIELD(drawn.range_circles), 0, 0},
    {0},
};
#undef FIELD

/* "svg", "png" or "pdf" by the end of the name ("-" is SVG), or NULL. */
static const char *format_of(const char *path)
{
    static const char *const formats[] = {"svg", "png", "pdf"};
    const char *dot = strrchr(path, '.');

    if (strcmp(path, "-") == 0) return formats[0];
    for (size_t k = 0; dot && k < sizeof formats / sizeof *formats; k++)
        if (strcmp(dot + 1, formats[k]) == 0) return formats[k];
    return NULL;
}

static int draw(const struct draw_options *options, const char *format, const dcnn_scenario *scenario,
                const dcnn_placement *placement)
{
    char *svg = NULL, *picture = NULL;
    size_t svg_size = 0, size = 0;
    dcnn_error err;
    dcnn_status status = dcnn_draw_svg(&svg, &svg_size, scenario, placement, &options->drawn, &err);

    if (!status && strcmp(format, "svg") == 0)
        status = dcnn_file_save(options->output, svg, svg_size, &err);
    else if (!status && !(status = cli_convert_svg(&picture, &size, svg, svg_size, format, &err)))
        status = dcnn_file_save(options->output, picture, size, &err);
    free(svg);
    free(picture);
    return status ? cli_fail(&err) : CLI_DONE;
}

static int run(int argc, char **argv)
{
    struct draw_options options = {0};
    dcnn_scenario *scenario = NULL;
    dcnn_placement *placement = NULL;
    const char *format = NULL;
    char **operands;
    int code;

    dcnn_draw_options_init(&options.drawn);
    code = cli_parse(&cli_draw, argc, argv, &options, &operands);
    if (code == CLI_GO_ON && !options.output) code = cli_misuse(&cli_draw, "-o FILE is missing");
    if (code == CLI_GO_ON && !(format = format_of(options.output)))
        code = cli_misuse(&cli_draw, "%s: expected a name that ends with .svg, .png or .pdf", options.output);
    if (code == CLI_GO_ON) code = cli_read_scenario(&scenario, operands[0]);
    if (code == CLI_GO_ON && operands[1]) code = cli_read_placement(&placement, scenario, operands[1]);
    if (code == CLI_GO_ON) code = draw(&options, format, scenario, placement);
    dcnn_placement_free(placement);
    dcnn_scenario_free(scenario);
    return code;
}

const cli_command cli_draw = {
    .name = "draw",
    .usage = "[options] SCENARIO [PLACEMENT] -o FILE",
    .summary = "Draw the map: units, links, routes, layers",
    .example = "dcnn draw city.json placement.json -o city.svg",
    .min_operands = 1,
    .max_operands = 2,
    .options = option_rows,
    .run = run,
};
