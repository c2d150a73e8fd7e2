#include "cli.h"
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { OPTIONS_MAX = 30, HELP_COLUMN = 27, FIRST_LONG = UCHAR_MAX + 1, LONG_HELP, LONG_VERSION };

static int option_count(const cli_command *command)
{
    int count = 0;

    while (command->options[count].name) count++;
    return count;
}

/* --- help --- */

static void print_default(const cli_option *row, const void *field)
{
    switch (row->kind) {
    case CLI_SEED:
        printf(" (default %llu)", (unsigned long long)*(const uint64_t *)field);
        break;
    case CLI_INT:
        if (*(const int *)field) printf(" (default %d)", *(const int *)field);
        break;
    case CLI_RATE:
        printf(" (default %.10g Mbit/s)", *(const double *)field * 8 / 1e6);
        break;
    case CLI_REAL:
    case CLI_SECONDS:
    case CLI_METRES:
        if (*(const double *)field > 0) printf(" (default %.10g)", *(const double *)field);
        break;
    case CLI_FLAG:
    case CLI_TEXT:
    case CLI_LIST:
        break;
    }
}

static void print_option(char letter, const char *name, const char *argument)
{
    int width;

    width = letter ? printf("  -%c, --%s", letter, name) : printf("      --%s", name);
    if (argument) width += printf(" %s", argument);
    printf("%*s", width < HELP_COLUMN ? HELP_COLUMN - width : 1, "");
}

static void print_help(const cli_command *command, const char *options)
{
    printf("usage: dcnn %s %s\n\n%s.\n\n", command->name, command->usage, command->summary);
    for (const cli_option *row = command->options; row->name; row++) {
        print_option(row->letter, row->name, row->argument);
        fputs(row->help, stdout);
        print_default(row, options + row->offset);
        putchar('\n');
    }
    print_option('h', "help", NULL);
    puts("show this text");
    print_option(0, "version", NULL);
    puts("show the version");
    if (command->example) printf("\nexample: %s\n", command->example);
}

void cli_print_version(void)
{
    printf("dcnn %s\n", dcnn_version());
}

int cli_misuse(const cli_command *command, const char *format, ...)
{
    char text[300], shown[300];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    (void)cli_clean(shown, sizeof shown, text, 0);
    fprintf(stderr, "dcnn %s: %s\nusage: dcnn %s %s\n", command->name, shown, command->name, command->usage);
    return CLI_USAGE;
}

/* --- values --- */

static dcnn_status parse_real(cli_kind kind, const char *text, double *value, dcnn_error *err)
{
    static const dcnn_quantity quantities[] = {[CLI_SECONDS] = DCNN_QUANTITY_SECONDS,
                                               [CLI_METRES] = DCNN_QUANTITY_METRES,
                                               [CLI_RATE] = DCNN_QUANTITY_BYTES_PER_S};
    char *end;

    if (kind != CLI_REAL) return dcnn_quantity_parse(value, text, quantities[kind], err);
    *value = strtod(text, &end);
    if (end != text && !*end && !isspace((unsigned char)*text)) return DCNN_OK;
    (void)snprintf(err->text, sizeof err->text, "expected a number, found \"%s\"", text);
    return DCNN_E_VALUE;
}

static int read_real(const cli_command *command, const cli_option *row, const char *text, double *value)
{
    dcnn_error err = {0};

    if (parse_real(row->kind, text, value, &err)) return cli_misuse(command, "--%s: %s", row->name, err.text);
    if (*value >= row->min && *value <= row->max) return CLI_GO_ON; /* NaN is not */
    return cli_misuse(command, "--%s: expected a number in [%.10g, %.10g], found \"%s\"", row->name, row->min, row->max,
                      text);
}

static int read_int(const cli_command *command, const cli_option *row, const char *text, int *value)
{
    char *end;
    long whole;

    errno = 0;
    whole = strtol(text, &end, 10);
    if (isspace((unsigned char)*text) || end == text || *end || errno || (double)whole < row->min ||
        (double)whole > row->max)
        return cli_misuse(command, "--%s: expected a whole number in [%.10g, %.10g], found \"%s\"", row->name, row->min,
                          row->max, text);
    *value = (int)whole;
    return CLI_GO_ON;
}

static int read_seed(const cli_command *command, const cli_option *row, const char *text, uint64_t *value)
{
    char *end;
    unsigned long long whole;

    errno = 0;
    whole = strtoull(text, &end, 10);
    if (!isdigit((unsigned char)*text) || *end || errno)
        return cli_misuse(command, "--%s: expected a whole number in [0, %llu], found \"%s\"", row->name,
                          (unsigned long long)UINT64_MAX, text);
    *value = whole;
    return CLI_GO_ON;
}

static int add_to_list(cli_list *list, char *text)
{
    char **items = realloc(list->items, (size_t)(list->count + 1) * sizeof *items);

    if (!items) return cli_fail_memory();
    list->items = items;
    list->items[list->count++] = text;
    return CLI_GO_ON;
}

void cli_list_free(cli_list *list)
{
    free(list->items);
    *list = (cli_list){0};
}

static int take_value(const cli_command *command, const cli_option *row, char *text, void *field)
{
    switch (row->kind) {
    case CLI_FLAG:
        *(bool *)field = true;
        return CLI_GO_ON;
    case CLI_TEXT:
        *(const char **)field = text;
        return CLI_GO_ON;
    case CLI_LIST:
        return add_to_list(field, text);
    case CLI_INT:
        return read_int(command, row, text, field);
    case CLI_REAL:
    case CLI_SECONDS:
    case CLI_METRES:
    case CLI_RATE:
        return read_real(command, row, text, field);
    case CLI_SEED:
        return read_seed(command, row, text, field);
    }
    return CLI_GO_ON;
}

/* --- the command line --- */

/* The rows in the form that getopt_long wants: long option k is reported as FIRST_LONG + ... + k. */
static void translate(const cli_command *command, struct option *longs, char *letters)
{
    int count = option_count(command);

    *letters++ = ':'; /* getopt shall tell a missing argument from an unknown option */
    for (int k = 0; k < count; k++) {
        const cli_option *row = &command->options[k];
        longs[k] = (struct option){row->name, row->kind == CLI_FLAG ? no_argument : required_argument, NULL,
                                   LONG_VERSION + 1 + k};
        if (!row->letter) continue;
        *letters++ = row->letter;
        if (row->kind != CLI_FLAG) *letters++ = ':';
    }
    *letters++ = 'h';
    *letters = 0;
    longs[count] = (struct option){"help", no_argument, NULL, LONG_HELP};
    longs[count + 1] = (struct option){"version", no_argument, NULL, LONG_VERSION};
    longs[count + 2] = (struct option){0};
}

static const cli_option *row_of(const cli_command *command, int reported)
{
    if (reported > LONG_VERSION) return &command->options[reported - LONG_VERSION - 1];
    for (const cli_option *row = command->options; row->name; row++)
        if (row->letter == reported) return row;
    return NULL;
}

static int refuse_option(const cli_command *command, int reported, char **argv)
{
    const cli_option *row = row_of(command, optopt);

    if (reported == ':' && row) return cli_misuse(command, "--%s wants a value: %s", row->name, row->argument);
    if (optopt && optopt < FIRST_LONG) return cli_misuse(command, "unknown option -%c", optopt);
    if (optopt) return cli_misuse(command, "option takes no value: %s", argv[optind - 1]);
    return cli_misuse(command, "unknown option %s", argv[optind - 1]);
}

/* --cnn_name is --cnn-name. */
static void accept_underscores(int argc, char **argv)
{
    for (int k = 1; k < argc && strcmp(argv[k], "--") != 0; k++)
        for (char *at = argv[k]; strncmp(argv[k], "--", 2) == 0 && *at && *at != '='; at++)
            if (*at == '_') *at = '-';
}

int cli_parse(const cli_command *command, int argc, char **argv, void *options, char ***operands)
{
    struct option longs[OPTIONS_MAX + 3];
    char letters[2 * OPTIONS_MAX + 3];
    int reported, code, count;

    translate(command, longs, letters);
    accept_underscores(argc, argv);
    opterr = 0;
    while ((reported = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        const cli_option *row;
        if (reported == 'h' || reported == LONG_HELP) return print_help(command, options), CLI_DONE;
        if (reported == LONG_VERSION) return cli_print_version(), CLI_DONE;
        if (reported == '?' || reported == ':') return refuse_option(command, reported, argv);
        row = row_of(command, reported);
        code = take_value(command, row, optarg, (char *)options + row->offset);
        if (code != CLI_GO_ON) return code;
    }
    count = argc - optind;
    *operands = argv + optind;
    if (count < command->min_operands) return cli_misuse(command, "an argument is missing");
    if (count > command->max_operands)
        return cli_misuse(command, "unexpected argument \"%s\"", argv[optind + command->max_operands]);
    return CLI_GO_ON;
}
