/* reference.c - the instances with known answers in $DCNN_REFERENCE_DIR/instances: solved, compared with optima.csv and
 * checked. Skipped where there are none.
 *
 *     DCNN_REFERENCE_FAMILIES  first letters of the instances to try; default "ABCF", which must all be proven
 *     DCNN_REFERENCE_NODES     node limit of each search; default 0 = none
 *     DCNN_REFERENCE_SECONDS   time limit of each search; default 0 = none */
#include "base/base.h"
#include <dcnn/check.h>
#include <dcnn/solve.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double tolerance = 1e-5; /* the answers were found in floating point */

typedef struct {
    char name[128];
    bool proven; /* best_s is the optimum; otherwise the best known */
    double best_s, bound_s;
} known_answer;

typedef struct {
    const char *folder, *families;
    dcnn_options options;
} setting;

/* --- optima.csv --- */

static int read_answers(known_answer **answers, const char *csv)
{
    size_t room = 0;
    int count = 0;

    *answers = NULL;
    for (const char *line = strchr(csv, '\n'); line && line[1]; line = strchr(line + 1, '\n')) {
        known_answer a = {0};
        char status[32];
        if (sscanf(line + 1, "%127[^,],%31[^,],%lf,%lf", a.name, status, &a.best_s, &a.bound_s) != 4) continue;
        a.proven = strcmp(status, "optimal") == 0;
        if (!dcnn_reserve((void **)answers, &room, (size_t)count, sizeof **answers)) return count;
        (*answers)[count++] = a;
    }
    return count;
}

/* --- one instance --- */

static void complain_of(void *user, const dcnn_error *fault)
{
    dcnn_buf_format(user, "%s: %s; ", fault->where, fault->text);
}

static void compare(const known_answer *answer, const dcnn_result *result, dcnn_buf *complaint)
{
    double best_s = result->best_ns == DCNN_NEVER ? INFINITY : (double)result->best_ns * 1e-9;
    double bound_s = result->bound_ns == DCNN_NEVER ? INFINITY : (double)result->bound_ns * 1e-9;

    if (best_s < answer->bound_s * (1 - tolerance))
        dcnn_buf_format(complaint, "the best, %.7f s, is below the known bound, %.7f s; ", best_s, answer->bound_s);
    if (bound_s > answer->best_s * (1 + tolerance))
        dcnn_buf_format(complaint, "the bound, %.7f s, is above a known placement, %.7f s; ", bound_s, answer->best_s);
    if (result->proof == DCNN_PROOF_OPTIMAL && best_s > answer->best_s * (1 + tolerance))
        dcnn_buf_format(complaint, "%.7f s is not optimal, %.7f s is known; ", best_s, answer->best_s);
    if (result->proof != DCNN_PROOF_OPTIMAL && result->stop == DCNN_STOP_FINISHED)
        dcnn_buf_text(complaint, "finished without the optimum; ");
}

static void check_placement(const dcnn_scenario *scenario, const dcnn_solver *solver, dcnn_buf *complaint)
{
    dcnn_placement *placement;
    int64_t violations;

    if (dcnn_solver_placement(solver, &placement, NULL)) {
        dcnn_buf_text(complaint, "no placement; ");
        return;
    }
    if (dcnn_check(scenario, placement, complain_of, complaint, &violations, NULL) || violations > 0)
        dcnn_buf_format(complaint, "the checker refuses the placement; ");
    dcnn_placement_free(placement);
}

static void solve(const setting *s, const known_answer *answer, const char *path, dcnn_result *result,
                  dcnn_buf *complaint)
{
    dcnn_scenario *scenario = NULL;
    dcnn_instance *instance = NULL;
    dcnn_solver *solver = NULL;
    dcnn_error err = {0};

    if (dcnn_scenario_read(&scenario, path, NULL, NULL, &err) || dcnn_instance_new(&instance, scenario, &err) ||
        dcnn_solver_new(&solver, instance, &s->options, &err) || dcnn_solver_run(solver, result, &err)) {
        dcnn_buf_format(complaint, "%s: %s", err.where, err.text);
    } else {
        compare(answer, result, complaint);
        check_placement(scenario, solver, complaint);
    }
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
}

static bool try_instance(const setting *s, const known_answer *answer, int number)
{
    dcnn_result result = {.best_ns = DCNN_NEVER};
    dcnn_buf path = {0}, complaint = {0};
    bool holds;

    dcnn_buf_format(&path, "%s/%s.json", s->folder, answer->name);
    solve(s, answer, path.data, &result, &complaint);
    if (result.proof != DCNN_PROOF_OPTIMAL && strchr("ABCF", answer->name[0]))
        dcnn_buf_format(&complaint, "not proven: this one has to be");
    holds = complaint.size == 0;
    printf("%sok %d - %s: %s, best %.9f s, bound %.9f s, %lld nodes\n", holds ? "" : "not ", number, answer->name,
           result.proof == DCNN_PROOF_OPTIMAL ? "optimal" : "open", (double)result.best_ns * 1e-9,
           (double)result.bound_ns * 1e-9, (long long)result.nodes);
    if (!holds) printf("# %s\n", complaint.data);
    (void)fflush(stdout);
    dcnn_buf_clear(&complaint);
    dcnn_buf_clear(&path);
    return holds;
}

/* --- all of them --- */

static const char *environment(const char *name, const char *otherwise)
{
    const char *value = getenv(name);

    return value && *value ? value : otherwise;
}

static int try_all(const setting *s, const known_answer *answers, int count)
{
    int chosen = 0, failures = 0;

    for (int k = 0; k < count; k++) chosen += strchr(s->families, answers[k].name[0]) != NULL;
    printf("1..%d\n", chosen);
    chosen = 0;
    for (int k = 0; k < count; k++)
        if (strchr(s->families, answers[k].name[0])) failures += !try_instance(s, &answers[k], ++chosen);
    return failures;
}

int main(void)
{
    const char *reference = environment("DCNN_REFERENCE_DIR", "");
    setting s = {.families = environment("DCNN_REFERENCE_FAMILIES", "ABCF")};
    dcnn_buf folder = {0}, path = {0}, csv = {0};
    known_answer *answers = NULL;
    int failures = 0;

    dcnn_buf_format(&folder, "%s/instances", reference);
    dcnn_buf_format(&path, "%s/optima.csv", folder.data);
    s.folder = folder.data;
    dcnn_options_init(&s.options);
    s.options.node_limit = strtoll(environment("DCNN_REFERENCE_NODES", "0"), NULL, 10);
    s.options.time_limit_s = strtod(environment("DCNN_REFERENCE_SECONDS", "0"), NULL);
    if (!*reference || dcnn_file_load(&csv, path.data, 0, NULL)) {
        printf("1..0 # SKIP no reference instances: DCNN_REFERENCE_DIR is \"%s\"\n", reference);
    } else {
        int count = read_answers(&answers, csv.data);
        failures = try_all(&s, answers, count);
    }
    free(answers);
    dcnn_buf_clear(&csv);
    dcnn_buf_clear(&path);
    dcnn_buf_clear(&folder);
    return failures > 0;
}
