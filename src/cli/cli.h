/* cli.h - the tool: a table of commands, each with a table of options. Uses the public headers of the library only.
 *
 * A command is one file cmd_<name>.c that defines one cli_command, and one row in the table of main.c. */
#ifndef DCNN_CLI_H
#define DCNN_CLI_H

#include <dcnn/dcnn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What scripts may rely on. */
enum {
    CLI_DONE = 0,
    CLI_UNPROVEN = 1, /* place: a limit stopped the proof */
    CLI_BROKEN = 1,   /* check: the placement is not what it claims to be */
    CLI_USAGE = 2,
    CLI_BAD_INPUT = 3,
    CLI_INFEASIBLE = 4,
    CLI_SYSTEM = 5, /* cannot read, write or allocate */
    CLI_GO_ON = -1  /* no exit code: the command has work to do */
};

/* --- options (options.c) --- */

typedef struct {
    char **items; /* arguments of the command line */
    int count;
} cli_list;

typedef enum {
    CLI_FLAG,    /* bool: becomes true */
    CLI_TEXT,    /* const char * */
    CLI_LIST,    /* cli_list: may be given several times */
    CLI_SEED,    /* uint64_t */
    CLI_INT,     /* int in [min, max] */
    CLI_REAL,    /* double in [min, max] */
    CLI_SECONDS, /* the same, as "2" or "20 ms" */
    CLI_METRES,  /* the same, as "7.5" or "7.5 m" */
    CLI_RATE     /* the same, in bytes per second, as "9e6" or "72.2 Mbit/s" */
} cli_kind;

/* One option: a row of the help as well. Where a default is not zero, the help shows it. */
typedef struct {
    char letter; /* 0 = none */
    const char *name, *argument, *help;
    cli_kind kind;
    size_t offset; /* of the field in the command's structure of options */
    double min, max;
} cli_option;

typedef struct {
    const char *name;
    const char *usage;   /* what follows the name: "[options] SCENARIO" */
    const char *summary; /* one line */
    const char *example; /* a command line; may be NULL */
    int min_operands, max_operands;
    const cli_option *options; /* ends with a row without a name */
    int (*run)(int argc, char **argv);
} cli_command;

/* Reads the options of a command into its structure, which holds the defaults; *operands are the other arguments.
 * Returns CLI_GO_ON, or the exit code: help was asked for and printed, or the command was misused and told so.
 * Free lists with cli_list_free. */
int cli_parse(const cli_command *command, int argc, char **argv, void *options, char ***operands);

void cli_list_free(cli_list *list);

/* Says on standard error what is wrong with the command line and how to use it; returns CLI_USAGE. */
int cli_misuse(const cli_command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

void cli_print_version(void);

/* --- messages and results (message.c) --- */

/* Says "dcnn: FILE: PATH: sentence" on standard error and returns the exit code of that fault. */
int cli_fail(const dcnn_error *error);
int cli_fail_memory(void);

/* The same for a fault of a file whose message does not name it yet. */
int cli_fail_in(const char *path, dcnn_error *error);

/* Reads a scenario with every fault told; on success returns CLI_GO_ON and the caller owns *scenario. */
int cli_read_scenario(dcnn_scenario **scenario, const char *path);
int cli_read_plan(dcnn_plan **plan, const char *path);
int cli_read_model(dcnn_model **model, const char *path, const dcnn_model_options *options);
int cli_read_placement(dcnn_placement **placement, const dcnn_scenario *scenario, const char *path);
int cli_read_certificate(dcnn_certificate **certificate, const dcnn_scenario *scenario, const char *path);

/* The page about an experiment's folder, likewise; *html is freed with free(). */
int cli_results_html(char **html, size_t *size, const char *directory);

/* Ends the program's output: code, or CLI_SYSTEM when standard output could not be written. */
int cli_finish(int code);

/* --- text for people (text.c) --- */

/* Copies text so that a terminal shows it harmlessly and in at most width columns (cut with "..", 0 = no limit);
 * returns how many. */
int cli_clean(char *out, size_t size, const char *text, int width);

/* "512 KiB", "40 Mop", "1.5 s": at most four digits, a unit that suits the size. */
void cli_format_bytes(char *out, size_t size, int64_t bytes);
void cli_format_ops(char *out, size_t size, double ops);

enum { CLI_WIDTH = 80 };

/* Words set in lines of CLI_WIDTH columns, each line indented. */
typedef struct {
    FILE *out;
    int indent, column;
} cli_lines;

void cli_add_word(cli_lines *lines, const char *word);
void cli_add_sentence(cli_lines *lines, const char *sentence);
void cli_end_line(cli_lines *lines);

/* --- JSON on standard output (json_out.c) --- */

void cli_json_string(const char *text);       /* of printable UTF-8 */
void cli_json_number(double value);           /* the shortest decimal that reads back as the same double */
void cli_json_layer(const dcnn_layer *layer); /* the keys of a scenario file; the object stays open */

/* --- programs of others (program.c) --- */

typedef struct {
    char *const *arguments; /* ends with NULL; the first one is looked for on the path */
    FILE *in, *out;         /* its input and output; NULL = those of the tool */
    const char *missing;    /* what to say when it is not installed */
    const char *failed;     /* and when it ends with an error */
} cli_program;

/* Runs it and waits for its end; DCNN_E_IO. */
dcnn_status cli_run_program(const cli_program *program, dcnn_error *err);

/* Fills *err with a fault of that program; returns DCNN_E_IO. */
dcnn_status cli_program_fault(dcnn_error *err, const char *program, const char *text);

/* --- parts of commands --- */

/* The rows of --mix TYPE=SHARE, as many as there are arguments; *mix, NULL where there are none, to be freed with
 * free(). It points into the arguments (mix.c). */
int cli_read_mix(const cli_command *command, const cli_list *arguments, dcnn_mix **mix);

/* The readable summary of a placement, in 80 columns (summary.c). */
void cli_print_summary(FILE *out, const dcnn_scenario *scenario, const dcnn_placement *placement, double elapsed_s);

/* 4737912345 ns as "4737.912345 ms": the digits that the proof is about. */
void cli_print_exact_ms(FILE *out, int64_t ns);

/* What relaxing each limit of a scenario would gain over a value (relax.c): solved again and again, each time for at
 * most time_limit_s. The scenario is changed meanwhile and put back. */
typedef struct cli_relaxations cli_relaxations;
dcnn_status cli_relax(cli_relaxations **out, dcnn_scenario *scenario, int64_t value_ns, double time_limit_s,
                      dcnn_error *err);
const dcnn_relaxation *cli_relaxation_rows(const cli_relaxations *relaxations, int *count); /* accepts NULL */
void cli_relaxations_free(cli_relaxations *relaxations);                                    /* accepts NULL */

/* The catalogue as JSON; count_pool as in dcnn_catalog_cnn (catalog_json.c). */
int cli_print_catalog_json(bool count_pool);

/* A profile with all that is known of it, or as a CNN of a scenario file (profile_json.c). */
void cli_print_profile_json(const dcnn_model *model);
void cli_print_profile_cnn(const dcnn_profile *profile);

/* The SVG as PNG or PDF by rsvg-convert (convert.c); *bytes to be freed with free(). */
dcnn_status cli_convert_svg(char **bytes, size_t *size, const char *svg, size_t svg_size, const char *format,
                            dcnn_error *err);

/* Draws the pictures of an experiment's folder by gnuplot; says so where it cannot, as all else is there (plots.c). */
void cli_draw_plots(const char *folder);

/* Becomes non-zero at the first Ctrl-C or SIGTERM from now on; the second one ends the program (interrupt.c). */
const volatile int *cli_catch_interrupts(void);

/* The code of this rank or, where that is CLI_GO_ON, of one that cannot go on; waits for all ranks (agree.c). */
int cli_agree(const dcnn_team *team, int code);

/* The command experiment, carried out by ranks together, or by this process alone where team is NULL; *waiting: they
 * began to, and wait for each other (cmd_experiment.c). */
int cli_experiment_together(int argc, char **argv, const dcnn_team *team, bool *waiting);

/* The command place, carried out by ranks together (cmd_place.c). Where one cannot read what it needs, none searches;
 * *searching: they began to, and wait for each other. */
int cli_place_together(int argc, char **argv, const dcnn_team *team, bool *searching);

extern const cli_command cli_place, cli_check, cli_generate, cli_import_network, cli_catalog, cli_export,
    cli_import_solution, cli_draw, cli_report, cli_profile, cli_experiment;

#endif
