/* Programs of others that the tool runs. */
#include "cli.h"
#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

dcnn_status cli_program_fault(dcnn_error *err, const char *program, const char *text)
{
    memset(err, 0, sizeof *err);
    err->code = DCNN_E_IO;
    (void)snprintf(err->where, sizeof err->where, "%s", program);
    (void)snprintf(err->text, sizeof err->text, "%s", text);
    return err->code;
}

static dcnn_status start(pid_t *child, const cli_program *program, dcnn_error *err)
{
    const char *name = program->arguments[0];
    posix_spawn_file_actions_t actions;
    int fault;

    if (posix_spawn_file_actions_init(&actions)) return cli_program_fault(err, name, strerror(ENOMEM));
    fault = program->in ? posix_spawn_file_actions_adddup2(&actions, fileno(program->in), STDIN_FILENO) : 0;
    if (!fault && program->out) fault = posix_spawn_file_actions_adddup2(&actions, fileno(program->out), STDOUT_FILENO);
    if (!fault) fault = posix_spawnp(child, name, &actions, NULL, program->arguments, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    if (fault == ENOENT) return cli_program_fault(err, name, program->missing);
    return fault ? cli_program_fault(err, name, strerror(fault)) : DCNN_OK;
}

dcnn_status cli_run_program(const cli_program *program, dcnn_error *err)
{
    const char *name = program->arguments[0];
    dcnn_status status;
    pid_t child;
    int state;

    if ((status = start(&child, program, err))) return status;
    while (waitpid(child, &state, 0) < 0)
        if (errno != EINTR) return cli_program_fault(err, name, strerror(errno));
    return WIFEXITED(state) && WEXITSTATUS(state) == 0 ? DCNN_OK : cli_program_fault(err, name, program->failed);
}
