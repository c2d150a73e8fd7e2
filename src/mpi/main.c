/* dcnn-mpi: commands that several ranks carry out together, started by mpirun. Every rank reads the same files; the
 * first one speaks and writes. */
#include "cli.h"
#include "team.h"
#include <mpi.h>
#include <string.h>

static int print_help(FILE *out, int code)
{
    fputs("usage: mpirun -n RANKS dcnn-mpi COMMAND [options] FILE...\n\n"
          "Does what dcnn does, on several machines at once, with the same result.\n\n"
          "  place            Find the best placement of every layer, and prove it\n"
          "  experiment       Place many settings on many random systems: CSVs, statistics\n\n"
          "  dcnn-mpi COMMAND --help   its options\n"
          "  dcnn-mpi --version        the version\n",
          out);
    return code;
}

static int run(int argc, char **argv, const dcnn_team *team, bool *searching)
{
    const char *name = argc > 1 ? argv[1] : NULL;
    char shown[60];

    if (!name) return print_help(stderr, CLI_USAGE);
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) return print_help(stdout, CLI_DONE);
    if (strcmp(name, "--version") == 0) {
        cli_print_version();
        return CLI_DONE;
    }
    if (strcmp(name, "place") == 0) return cli_place_together(argc - 1, argv + 1, team, searching);
    if (strcmp(name, "experiment") == 0) return cli_experiment_together(argc - 1, argv + 1, team, searching);
    (void)cli_clean(shown, sizeof shown, name, 40);
    fprintf(stderr, "dcnn-mpi: unknown command \"%s\"; dcnn-mpi --help lists the commands\n", shown);
    return CLI_USAGE;
}

static bool silence(FILE *stream)
{
    return freopen("/dev/null", "w", stream) != NULL;
}

int main(int argc, char **argv)
{
    dcnn_team team;
    mpi_team *state;
    bool waiting = false;
    int code;

    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) return CLI_SYSTEM;
    state = mpi_team_new(&team);
    if (!state || (team.rank > 0 && !(silence(stdout) && silence(stderr)))) {
        code = cli_fail_memory();
        waiting = true;
    } else {
        code = cli_finish(run(argc, argv, &team, &waiting));
    }
    mpi_team_free(state);
    if (code == CLI_SYSTEM && waiting) MPI_Abort(MPI_COMM_WORLD, code); /* the others would wait for this rank */
    MPI_Finalize();
    return code;
}
