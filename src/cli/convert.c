/* Pictures other than SVG come from rsvg-convert (librsvg), run with files at both ends: no pipe can fill up. */
#include "cli.h"
#include <stdlib.h>
#include <unistd.h>

static dcnn_status fail(dcnn_error *err, const char *text)
{
    return cli_program_fault(err, "rsvg-convert", text);
}

static dcnn_status convert(FILE *in, FILE *out, const char *format, dcnn_error *err)
{
    char name[] = "rsvg-convert", option[] = "--format", value[4];
    char *arguments[] = {name, option, value, NULL};
    const cli_program program = {.arguments = arguments,
                                 .in = in,
                                 .out = out,
                                 .missing =
                                     "not installed, but PNG and PDF need it (Debian: apt-get install librsvg2-bin)",
                                 .failed = "could not convert the picture"};

    (void)snprintf(value, sizeof value, "%s", format);
    return cli_run_program(&program, err);
}

static dcnn_status read_back(char **bytes, size_t *size, FILE *file, dcnn_error *err)
{
    off_t end = lseek(fileno(file), 0, SEEK_END);

    if (end <= 0 || lseek(fileno(file), 0, SEEK_SET) != 0) return fail(err, "wrote no picture");
    *size = (size_t)end;
    *bytes = malloc(*size);
    if (*bytes && fread(*bytes, 1, *size, file) == *size) return DCNN_OK;
    free(*bytes);
    *bytes = NULL;
    return fail(err, "its picture cannot be read");
}

dcnn_status cli_convert_svg(char **bytes, size_t *size, const char *svg, size_t svg_size, const char *format,
                            dcnn_error *err)
{
    FILE *in = tmpfile(), *out = tmpfile();
    dcnn_status status;

    *bytes = NULL;
    *size = 0;
    if (!in || !out || fwrite(svg, 1, svg_size, in) != svg_size || fflush(in) != 0 ||
        lseek(fileno(in), 0, SEEK_SET) != 0) {
        status = fail(err, "cannot write a temporary file for it");
        goto done;
    }
    if ((status = convert(in, out, format, err))) goto done;
    status = read_back(bytes, size, out, err);
done:
    if (in) (void)fclose(in);
    if (out) (void)fclose(out);
    return status;
}
