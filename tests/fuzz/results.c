/* Any bytes as the CSV files of an experiment's folder, cut at blank lines: summary.csv, results.csv, times.csv. */
#include <dcnn/results.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static char folder[] = "/tmp/dcnn-fuzz-results-XXXXXX";

static void save(const char *name, const void *bytes, size_t size)
{
    char path[80];
    int file;

    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || write(file, bytes, size) != (ssize_t)size) abort();
    (void)close(file);
}

static void set_up(void)
{
    static const char plan[] =
        "{\"dcnn\":\"experiment\",\"version\":1,\"systems\":[{\"name\":\"s\"}],\"settings\":[{\"name\":\"t\","
        "\"models\":[\"cnn5\"]}]}";

    if (!mkdtemp(folder)) abort();
    save("plan.json", plan, sizeof plan - 1);
}

/* Saves what comes before the next blank line, and returns what comes after it. */
static const uint8_t *save_part(const char *name, const uint8_t *at, const uint8_t *end)
{
    const uint8_t *cut = at;

    while (cut < end && !(cut + 1 < end && cut[0] == '\n' && cut[1] == '\n')) cut++;
    if (cut < end) cut++; /* the line's own end */
    save(name, at, (size_t)(cut - at));
    return cut < end ? cut + 1 : end;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const uint8_t *at = bytes, *end = bytes + size;
    char *html;
    size_t html_size;

    if (strlen(folder) > 0 && folder[strlen(folder) - 1] == 'X') set_up();
    at = save_part("summary.csv", at, end);
    at = save_part("results.csv", at, end);
    (void)save_part("times.csv", at, end);
    if (!dcnn_results_html(&html, &html_size, folder, NULL, NULL, NULL) && strlen(html) != html_size) abort();
    free(html);
    return 0;
}
