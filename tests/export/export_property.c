/* export_property.c - exported tiny scenarios, solved by other solvers where they are installed, against every
 * assignment there is; their answers read back must have the value they claim. */
#include "property.h"
#include "tiny_case.h"
#include <dcnn/dcnn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const int64_t assignments_max = 5000;

/* A solver on the command line; in: "problem", out: "solution", in a folder of its own. */
typedef struct {
    const char *program, *command;
    dcnn_export_format format;
} solver;

static const solver glpk = {"glpsol", "glpsol --mipgap 0 --lp problem -w solution", DCNN_EXPORT_LP};
static const solver glpk_mps = {"glpsol", "glpsol --mipgap 0 --freemps problem -o solution", DCNN_EXPORT_MPS};
static const solver cbc = {"cbc", "mv problem p.mps; cbc p.mps ratioGap 0 allowableGap 0 solve solution solution",
                           DCNN_EXPORT_MPS};
static const solver toulbar2 = {"toulbar2", "mv problem p.wcsp; toulbar2 p.wcsp -w=solution", DCNN_EXPORT_WCSP};

static bool installed(const solver *s)
{
    dcnn_buf command = {0};
    bool found;

    dcnn_buf_format(&command, "command -v %s >/dev/null 2>&1", s->program);
    found = !command.failed && system(command.data) == 0;
    dcnn_buf_clear(&command);
    return found;
}

/* Runs it; false when no solution file came out. */
static bool run(const solver *s, const char *folder, const char *text, size_t size)
{
    dcnn_buf line = {0};
    bool done;

    dcnn_buf_format(&line, "%s/problem", folder);
    done = dcnn_file_save(line.data, text, size, NULL) == DCNN_OK;
    dcnn_buf_clear(&line);
    dcnn_buf_format(&line, "cd %s && (%s) >log 2>&1; test -s solution", folder, s->command);
    done = done && system(line.data) == 0;
    dcnn_buf_clear(&line);
    return done;
}

static bool expressible(const dcnn_scenario *s, const solver *with)
{
    if (with->format != DCNN_EXPORT_WCSP) return true;
    if (s->objective == DCNN_OBJECTIVE_MAX && s->cnn_count > 1) return false;
    for (int c = 0; c < s->cnn_count; c++)
        if (s->cnns[c].deadline_ns != DCNN_NEVER) return false;
    return true;
}

static void compare(const tiny_case *t, const dcnn_placement *found, const oracle_answer *answer, dcnn_buf *complaint)
{
    if (found->value_ns != answer->value_ns)
        dcnn_buf_format(complaint, "the solver's answer costs %lld, the best %lld\n", (long long)found->value_ns,
                        (long long)answer->value_ns);
    tiny_case_check(t, found, complaint);
}

static void solve_in(const char *folder, const tiny_case *t, const solver *with, dcnn_export_form form,
                     dcnn_buf *complaint)
{
    char *text = NULL, solution[80];
    size_t size;
    dcnn_placement *found = NULL;
    oracle_answer answer;
    dcnn_error err = {0};
    bool placed;

    oracle_solve(&t->oracle, &answer);
    if (dcnn_export(&text, &size, t->scenario, with->format, form, &err)) {
        if (form != DCNN_FORM_LINKS && expressible(t->scenario, with))
            dcnn_buf_format(complaint, "%s: %s\n", err.where, err.text);
        return;
    }
    (void)snprintf(solution, sizeof solution, "%s/solution", folder);
    placed = run(with, folder, text, size) && dcnn_solution_read(&found, t->scenario, solution, &err) == DCNN_OK;
    free(text);
    if (answer.feasible && !placed) dcnn_buf_format(complaint, "no solution comes back: %s\n", err.text);
    if (answer.feasible && placed) compare(t, found, &answer, complaint);
    dcnn_placement_free(found);
}

static void solve(uint64_t seed, const solver *with, dcnn_export_form form, dcnn_buf *complaint)
{
    char folder[] = "/tmp/dcnn-export-XXXXXX", remove[80];
    tiny_case t;

    if (!installed(with)) return;
    if (tiny_case_open(&t, seed, assignments_max, complaint) && mkdtemp(folder)) {
        solve_in(folder, &t, with, form, complaint);
        (void)snprintf(remove, sizeof remove, "rm -r %s", folder);
        if (system(remove) != 0) dcnn_buf_text(complaint, "the folder stays\n");
    }
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

static void glpk_agrees(uint64_t seed, dcnn_buf *complaint)
{
    solve(seed, &glpk, DCNN_FORM_PAIRS, complaint);
}

static void glpk_agrees_on_links(uint64_t seed, dcnn_buf *complaint)
{
    solve(seed, &glpk_mps, DCNN_FORM_LINKS, complaint);
}

static void cbc_agrees(uint64_t seed, dcnn_buf *complaint)
{
    solve(seed, &cbc, DCNN_FORM_BEST, complaint);
}

static void toulbar2_agrees(uint64_t seed, dcnn_buf *complaint)
{
    solve(seed, &toulbar2, DCNN_FORM_BEST, complaint);
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"GLPK agrees on pairs, by LP", glpk_agrees, 60},
                                          {"GLPK agrees on links, by MPS", glpk_agrees_on_links, 60},
                                          {"CBC agrees", cbc_agrees, 60},
                                          {"toulbar2 agrees", toulbar2_agrees, 60}};
    static const solver *const solvers[] = {&glpk, &cbc, &toulbar2};

    for (size_t k = 0; k < sizeof solvers / sizeof *solvers; k++)
        if (!installed(solvers[k])) printf("# %s is not installed: its cases are skipped\n", solvers[k]->program);
    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
