/* Pieces of JSON that several commands print. */
#include "cli.h"
#include <stdlib.h>

void cli_json_string(const char *text)
{
    putchar('"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') putchar('\\');
        putchar(*text);
    }
    putchar('"');
}

void cli_json_number(double value)
{
    char text[40];

    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    fputs(text, stdout);
}

void cli_json_layer(const dcnn_layer *layer)
{
    fputs("{ \"name\": ", stdout);
    cli_json_string(layer->name);
    printf(", \"memory_bytes\": %lld, \"ops\": %lld, \"output_bytes\": %lld", (long long)layer->memory_bytes,
           (long long)layer->ops, (long long)layer->output_bytes);
    if (layer->exit_probability > 0) {
        fputs(", \"exit_probability\": ", stdout);
        cli_json_number(layer->exit_probability);
    }
}
