/* The readable summary of a placement: what it costs and where the time goes, the path of every CNN, the proof. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAME_WIDTH = 16, NAME_SIZE = 4 * NAME_WIDTH + 4, PATH_INDENT = 4 };

typedef struct {
    const char *good, *open, *bad, *strong, *plain; /* terminal codes, or empty */
} palette;

static palette choose_palette(FILE *out)
{
    static const palette none = {"", "", "", "", ""};
    static const palette ansi = {"\033[1;32m", "\033[1;33m", "\033[1;31m", "\033[1m", "\033[0m"};
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool wanted = isatty(fileno(out)) && !(no_color && *no_color) && terminal && strcmp(terminal, "dumb") != 0;

    return wanted ? ansi : none;
}

static void print_ms(FILE *out, int width, int64_t ns)
{
    if (ns == DCNN_NEVER)
        fprintf(out, "%*s", width, "none");
    else
        fprintf(out, "%*lld.%03lld", width - 4, (long long)(ns / 1000000), (long long)(ns / 1000 % 1000));
}

void cli_print_exact_ms(FILE *out, int64_t ns)
{
    fprintf(out, "%lld.%06lld ms", (long long)(ns / 1000000), (long long)(ns % 1000000));
}

static void print_header(FILE *out, const dcnn_scenario *scenario, const palette *colour)
{
    char name[4 * CLI_WIDTH];
    int64_t layers = 0;

    for (int c = 0; c < scenario->cnn_count; c++) layers += scenario->cnns[c].layer_count;
    (void)cli_clean(name, sizeof name, scenario->name, CLI_WIDTH);
    if (*name) fprintf(out, "%s%s%s\n", colour->strong, name, colour->plain);
    fprintf(out, "%d CNN%s with %lld layer%s on %d unit%s", scenario->cnn_count, scenario->cnn_count == 1 ? "" : "s",
            (long long)layers, layers == 1 ? "" : "s", scenario->unit_count, scenario->unit_count == 1 ? "" : "s");
    if (scenario->layers_per_unit > 0)
        fprintf(out, ", at most %d layer%s a unit", scenario->layers_per_unit,
                scenario->layers_per_unit == 1 ? "" : "s");
    fputs("\n\n", out);
}

static void add_step(cli_lines *lines, const char *step, bool last)
{
    cli_add_word(lines, step);
    if (!last) cli_add_word(lines, "->");
}

/* A run of layers on one unit: "conv3..conv5@n17". */
static void name_run(char *out, size_t size, const dcnn_scenario *scenario, const dcnn_cnn *cnn, int first, int last,
                     int unit)
{
    char from[NAME_SIZE], to[NAME_SIZE], where[NAME_SIZE];

    (void)cli_clean(from, sizeof from, cnn->layers[first].name, NAME_WIDTH);
    (void)cli_clean(to, sizeof to, cnn->layers[last].name, NAME_WIDTH);
    (void)cli_clean(where, sizeof where, scenario->places[unit].id, NAME_WIDTH);
    if (first == last)
        (void)snprintf(out, size, "%s@%s", from, where);
    else
        (void)snprintf(out, size, "%s..%s@%s", from, to, where);
}

static void print_path(FILE *out, const dcnn_scenario *scenario, const dcnn_cnn *cnn, const int *units)
{
    cli_lines lines = {out, PATH_INDENT, 0};
    char step[4 * NAME_SIZE];

    (void)cli_clean(step, sizeof step, scenario->places[cnn->source].id, NAME_WIDTH);
    add_step(&lines, step, false);
    for (int j = 0, first = 0; j < cnn->layer_count; j++) {
        if (j + 1 < cnn->layer_count && units[j + 1] == units[j]) continue;
        name_run(step, sizeof step, scenario, cnn, first, j, units[j]);
        add_step(&lines, step, false);
        first = j + 1;
    }
    (void)cli_clean(step, sizeof step, scenario->places[cnn->sink].id, NAME_WIDTH);
    add_step(&lines, step, true);
    cli_end_line(&lines);
}

static void print_cnns(FILE *out, const dcnn_scenario *scenario, const dcnn_placement *placement, const palette *colour)
{
    fprintf(out, "%-*s %12s %12s %12s %12s %11s\n", NAME_WIDTH, "times in ms", "latency", "source", "compute",
            "transfer", "sink");
    for (int c = 0; c < placement->cnn_count; c++) {
        const dcnn_cnn_placement *placed = &placement->cnns[c];
        const dcnn_latency *l = &placed->latency;
        const int64_t figures[] = {l->latency_ns, l->source_ns, l->compute_ns, l->transfer_ns, l->sink_ns};
        char name[NAME_SIZE];
        int width = cli_clean(name, sizeof name, placed->id, NAME_WIDTH);
        fprintf(out, "%s%s%s%*s", colour->strong, name, colour->plain, NAME_WIDTH - width, "");
        for (int k = 0; k < 5; k++) print_ms(out, k < 4 ? 13 : 12, figures[k]);
        putc('\n', out);
        print_path(out, scenario, &scenario->cnns[c], placed->units);
    }
    putc('\n', out);
}

static bool has_deadline(const dcnn_scenario *scenario)
{
    for (int c = 0; c < scenario->cnn_count; c++)
        if (scenario->cnns[c].deadline_ns != DCNN_NEVER) return true;
    return false;
}

static void print_gap(FILE *out, const dcnn_placement *placement)
{
    double best = (double)placement->value_ns, open = (double)(placement->value_ns - placement->bound_ns);

    if (placement->value_ns == DCNN_NEVER) return;
    fprintf(out, "   gap %.4g %%", best > 0 ? 100 * open / best : 0);
}

static void print_figures(FILE *out, const dcnn_placement *placement)
{
    if (placement->value_ns != DCNN_NEVER) {
        fputs("value   ", out);
        cli_print_exact_ms(out, placement->value_ns);
        fprintf(out, "   %s of weight x expected latency\n",
                placement->objective == DCNN_OBJECTIVE_SUM ? "sum" : "largest");
    }
    if (placement->bound_ns != DCNN_NEVER) {
        fputs("bound   ", out);
        cli_print_exact_ms(out, placement->bound_ns);
        print_gap(out, placement);
        putc('\n', out);
    }
}

/* What the limits of a reason belong to, the first few: "memory of a, b and 18 more:". Of one, the sentence tells. */
static void add_owners(cli_lines *lines, const dcnn_scenario *scenario, const dcnn_reason *reason)
{
    enum { NAMED_MAX = 4 };
    static const char *const words[] = {"memory",   "ops_budget", "layers_per_unit",
                                        "deadline", "routes",     "shared layers"};
    int named = reason->owner_count <= NAMED_MAX ? reason->owner_count : NAMED_MAX - 1;
    bool units = reason->kind == DCNN_LIMIT_MEMORY || reason->kind == DCNN_LIMIT_OPS;
    char word[NAME_SIZE + 40];

    (void)snprintf(word, sizeof word, "%s%s", words[reason->kind], reason->owner_count > 1 ? " of" : ":");
    cli_add_sentence(lines, word);
    for (int k = 0; k < named && reason->owner_count > 1; k++) {
        char name[NAME_SIZE];
        int owner = reason->owners[k];
        (void)cli_clean(name, sizeof name, units ? scenario->places[owner].id : scenario->cnns[owner].id, NAME_WIDTH);
        (void)snprintf(word, sizeof word, "%s%s", name, k == reason->owner_count - 1 ? ":" : k < named - 1 ? "," : "");
        cli_add_word(lines, word);
    }
    if (named < reason->owner_count) {
        (void)snprintf(word, sizeof word, "and %d more:", reason->owner_count - named);
        cli_add_sentence(lines, word);
    }
}

static void print_item(FILE *out, const dcnn_scenario *scenario, const dcnn_reason *reason, const char *sentence)
{
    enum { ITEM_INDENT = 8 };
    char text[2000];
    cli_lines lines = {out, ITEM_INDENT, ITEM_INDENT - 1};

    (void)cli_clean(text, sizeof text, sentence, 0);
    fprintf(out, "%*s", ITEM_INDENT - 1, "-");
    if (reason) add_owners(&lines, scenario, reason);
    cli_add_sentence(&lines, text);
    cli_end_line(&lines);
}

static void print_reasons(FILE *out, const dcnn_scenario *scenario, const dcnn_placement *placement)
{
    for (int r = 0; r < placement->reason_count; r++)
        print_item(out, scenario, &placement->reasons[r], placement->reasons[r].text);
    if (placement->reason_count == 0) return;
    fputs(placement->cure_count > 0 ? "cure    any one of these makes it feasible\n"
                                    : "cure    no single change that was tried makes it feasible\n",
          out);
    for (int k = 0; k < placement->cure_count; k++) print_item(out, scenario, NULL, placement->cures[k].text);
}

static void print_proof(FILE *out, const dcnn_scenario *scenario, const dcnn_placement *placement,
                        const palette *colour)
{
    static const char *const why[] = {[DCNN_STOP_FINISHED] = "the search ended without a proof",
                                      [DCNN_STOP_TIME] = "stopped by the time limit",
                                      [DCNN_STOP_GAP] = "stopped within the gap asked for",
                                      [DCNN_STOP_NODES] = "stopped by the node limit",
                                      [DCNN_STOP_INTERRUPT] = "interrupted"};

    switch (placement->proof) {
    case DCNN_PROOF_OPTIMAL:
        fprintf(out, "proof   %soptimal%s: no placement is a nanosecond faster\n", colour->good, colour->plain);
        break;
    case DCNN_PROOF_INFEASIBLE:
        fprintf(out, "proof   %sinfeasible%s: %s\n", colour->bad, colour->plain,
                placement->reason_count > 0 ? "these limits cannot hold together" : "no placement keeps every limit");
        print_reasons(out, scenario, placement);
        break;
    case DCNN_PROOF_NONE:
        fprintf(out, "proof   %snone%s: %s%s\n", colour->open, colour->plain, why[placement->stop],
                placement->value_ns == DCNN_NEVER ? "; no placement found yet" : "");
        break;
    }
}

void cli_print_summary(FILE *out, const dcnn_scenario *scenario, const dcnn_placement *placement, double elapsed_s)
{
    palette colour = choose_palette(out);

    print_header(out, scenario, &colour);
    if (placement->cnn_count > 0) print_cnns(out, scenario, placement, &colour);
    print_figures(out, placement);
    print_proof(out, scenario, placement, &colour);
    fprintf(out, "search  %.3f s, %lld node%s, %lld columns, %d thread%s\n", elapsed_s, (long long)placement->nodes,
            placement->nodes == 1 ? "" : "s", (long long)placement->columns, placement->threads,
            placement->threads == 1 ? "" : "s");
    if (has_deadline(scenario))
        fputs("note    deadlines bound the expected latency, not that of every decision\n", out);
}
