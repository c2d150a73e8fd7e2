/* gnuplot reads its scripts from files, so that they can be changed and run again by hand. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

/* The command that makes FOLDER/plots the working directory, to be freed with free(); octal numbers stand for all
 * letters of the folder, some of which could mean something to gnuplot. */
static char *enter_command(const char *folder)
{
    char *command = malloc(4 * strlen(folder) + sizeof "cd \"/plots\""), *at = command;

    if (!command) return NULL;
    at += sprintf(at, "cd \"");
    for (; *folder; folder++) at += sprintf(at, "\\%03o", (unsigned)(unsigned char)*folder);
    (void)strcpy(at, "/plots\"");
    return command;
}

void cli_draw_plots(const char *folder)
{
    char name[] = "gnuplot", defaults[] = "-d", option[] = "-e", script[] = "all.gp";
    char *enter = enter_command(folder), *arguments[] = {name, defaults, option, enter, script, NULL};
    const cli_program program = {.arguments = arguments,
                                 .missing = "not installed, so plots/ has scripts and data, but no pictures (Debian: "
                                            "apt-get install gnuplot-nox)",
                                 .failed = "could not draw the pictures of plots/"};
    dcnn_error err;

    if (!enter)
        (void)cli_fail_memory();
    else if (cli_run_program(&program, &err))
        (void)cli_fail(&err);
    free(enter);
}
