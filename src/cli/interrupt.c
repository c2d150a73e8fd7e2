#include "cli.h"
#include <signal.h>

/* A signal handler can reach nothing but static memory. */
static volatile int interrupted;

static void on_signal(int number)
{
    (void)number;
    interrupted = 1;
}

/* The first Ctrl-C ends the work, which then still has its result to write; the second ends the program. A signal that
 * the caller wants ignored stays so. */
static void catch_signal(int number)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND}, before;

    (void)sigemptyset(&action.sa_mask);
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN) (void)sigaction(number, &action, NULL);
}

const volatile int *cli_catch_interrupts(void)
{
    catch_signal(SIGINT);
    catch_signal(SIGTERM);
    return &interrupted;
}
