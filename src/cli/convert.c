/* Pictures other than SVG come from rsvg-convert (librsvg), run with files at both ends: no pipe can fill up. */
#include "cli.h"
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static dcnn_status fail(dcnn_error *err, const char *text)
{
    memset(err, 0, sizeof *err);
    err->code = DCNN_E_IO;
    (void)snprintf(err->where, sizeof err->where, "rsvg-convert");
    (void)snprintf(err->text, sizeof err->text, "%s", text);
    return err->code;
}

static dcnn_status start(pid_t *child, FILE *in, FILE *out, const char *format, dcnn_error *err)
{
    char program[] = "rsvg-convert", option[] = "--format", value[4];
    char *arguments[] = {program, option, value, NULL};
    posix_spawn_file_actions_t actions;
    int fault;

    (void)snprintf(value, sizeof value, "%s", format);
    if (posix_spawn_file_actions_init(&actions)) return fail(err, strerror(ENOMEM));
    fault = posix_spawn_file_actions_adddup2(&actions, fileno(in), STDIN_FILENO);
    if (!fault) fault = posix_spawn_file_actions_adddup2(&actions, fileno(out), STDOUT_FILENO);
    if (!fault) fault = posix_spawnp(child, program, &actions, NULL, arguments, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    if (fault == ENOENT)
        return fail(err, "not installed, but PNG and PDF need it (Debian: apt-get install librsvg2-bin)");
    return fault ? fail(err, strerror(fault)) : DCNN_OK;
}

static dcnn_status wait_for(pid_t child, dcnn_error *err)
{
    int state;

    while (waitpid(child, &state, 0) < 0)
        if (errno != EINTR) return fail(err, strerror(errno));
    return WIFEXITED(state) && WEXITSTATUS(state) == 0 ? DCNN_OK : fail(err, "could not convert the picture");
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
    pid_t child;

    *bytes = NULL;
    *size = 0;
    if (!in || !out || fwrite(svg, 1, svg_size, in) != svg_size || fflush(in) != 0 ||
        lseek(fileno(in), 0, SEEK_SET) != 0) {
        status = fail(err, "cannot write a temporary file for it");
        goto done;
    }
    if ((status = start(&child, in, out, format, err))) goto done;
    if ((status = wait_for(child, err))) goto done;
    status = read_back(bytes, size, out, err);
done:
    if (in) (void)fclose(in);
    if (out) (void)fclose(out);
    return status;
}
