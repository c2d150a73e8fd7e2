#include "experiment/experiment.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool dcnn_rows_init(dcnn_rows *rows, const dcnn_plan *plan)
{
    *rows = (dcnn_rows){.plan = plan};
    rows->text = dcnn_take((size_t)plan->solve_count, sizeof *rows->text);
    rows->elapsed_s = dcnn_take((size_t)plan->solve_count, sizeof *rows->elapsed_s);
    return rows->text && rows->elapsed_s;
}

void dcnn_rows_clear(dcnn_rows *rows)
{
    for (int64_t k = 0; rows->text && k < rows->plan->solve_count; k++) free(rows->text[k]);
    free(rows->text);
    free(rows->elapsed_s);
    *rows = (dcnn_rows){0};
}

/* --- writing --- */

static dcnn_status append(int journal, const char *bytes, size_t size, dcnn_error *err)
{
    while (size > 0) {
        ssize_t written = write(journal, bytes, size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return dcnn_fail(err, DCNN_E_IO, "journal", "%s", strerror(errno));
        bytes += written;
        size -= (size_t)written;
    }
    return DCNN_OK;
}

dcnn_status dcnn_journal_append(int journal, const char *row, double elapsed_s, dcnn_error *err)
{
    dcnn_buf line = {0};
    dcnn_status status;

    dcnn_buf_format(&line, "%.6f %s", elapsed_s, row);
    status = line.failed ? dcnn_fail_memory(err) : append(journal, line.data, line.size, err);
    dcnn_buf_clear(&line);
    return status;
}

/* --- reading --- */

/* Takes one line of the journal; text ends with its line break. *twice: the least solve that was there before, -1 =
 * none. */
static dcnn_status take_line(dcnn_rows *rows, const char *path, const char *text, size_t size, long long *twice,
                             dcnn_error *err)
{
    char *row, *end;
    double elapsed_s = strtod(text, &row);
    long long index;

    if (row == text || *row++ != ' ') return dcnn_fail(err, DCNN_E_VALUE, path, "a line is damaged");
    index = strtoll(row, &end, 10);
    if (end == row || *end != ',' || index < 0 || index >= rows->plan->solve_count)
        return dcnn_fail(err, DCNN_E_VALUE, path, "a line is damaged");
    if (rows->text[index]) {
        if (*twice < 0 || index < *twice) *twice = index;
        return DCNN_OK;
    }
    size -= (size_t)(row - text);
    if (!(rows->text[index] = dcnn_take(size + 1, 1))) return dcnn_fail_memory(err);
    memcpy(rows->text[index], row, size);
    rows->elapsed_s[index] = elapsed_s;
    return DCNN_OK;
}

/* *whole: bytes up to the end of the last whole line. */
static dcnn_status take_lines(dcnn_rows *rows, const char *path, const dcnn_buf *text, size_t *whole, dcnn_error *err)
{
    enum { DIGEST = 64 };
    const char *digest = rows->plan->sha256;
    long long twice = -1; /* the first in the plan's order: lines stand in the order in which threads ended */
    dcnn_status status = DCNN_OK;

    *whole = 0;
    if (text->size == 0) return DCNN_OK;
    if (memcmp(text->data, digest, text->size < DIGEST ? text->size : DIGEST) != 0 ||
        (text->size > DIGEST && text->data[DIGEST] != '\n'))
        return dcnn_fail(err, DCNN_E_VALUE, path, "belongs to another plan");
    if (text->size <= DIGEST) return DCNN_OK; /* killed before the first line was whole */
    *whole = DIGEST + 1;
    for (const char *end;
         !status && *whole < text->size && (end = memchr(text->data + *whole, '\n', text->size - *whole));) {
        size_t size = (size_t)(end - text->data) + 1 - *whole;
        status = take_line(rows, path, text->data + *whole, size, &twice, err);
        *whole += size;
    }
    if (!status && twice >= 0) status = dcnn_fail(err, DCNN_E_VALUE, path, "solve %lld is there twice", twice);
    return status;
}

dcnn_status dcnn_journal_gather(dcnn_rows *rows, const char *path, dcnn_error *err)
{
    dcnn_buf text = {0};
    size_t whole;
    dcnn_status status = dcnn_file_load(&text, path, 0, err);

    if (!status) status = take_lines(rows, path, &text, &whole, err);
    dcnn_buf_clear(&text);
    return status;
}

/* --- going on --- */

static dcnn_status fail_open(const char *path, dcnn_error *err)
{
    if (errno == EEXIST)
        return dcnn_fail(err, DCNN_E_IO, path, "exists already; resume that run, or choose another folder");
    return dcnn_fail(err, DCNN_E_IO, path, "%s", strerror(errno));
}

/* Two runs in one folder would repeat each other's solves. The system forgets the lock when the file is closed or its
 * process is killed; where a file system has no locks, none is held. */
static dcnn_status lock(int journal, const char *path, dcnn_error *err)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    if (fcntl(journal, F_SETLK, &whole) == 0 || (errno != EACCES && errno != EAGAIN)) return DCNN_OK;
    return dcnn_fail(err, DCNN_E_IO, path, "another run is at it");
}

/* Reads by the descriptor: to open and close the file a second time would end the lock. */
static dcnn_status read_all(dcnn_buf *text, int journal, const char *path, dcnn_error *err)
{
    char part[65536];
    ssize_t got;

    while ((got = read(journal, part, sizeof part)) != 0) {
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return dcnn_fail(err, DCNN_E_IO, path, "%s", strerror(errno));
        dcnn_buf_add(text, part, (size_t)got);
        if (text->failed) return dcnn_fail_memory(err);
    }
    return DCNN_OK;
}

dcnn_status dcnn_journal_open(int *journal, dcnn_rows *rows, const char *path, bool resume, dcnn_error *err)
{
    dcnn_buf text = {0};
    char head[66];
    size_t whole = 0;
    dcnn_status status;

    *journal = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | (resume ? 0 : O_EXCL), 0666);
    if (*journal < 0) return fail_open(path, err);
    if ((status = lock(*journal, path, err))) return status;
    if (resume) status = read_all(&text, *journal, path, err);
    if (!status) status = take_lines(rows, path, &text, &whole, err);
    dcnn_buf_clear(&text);
    if (!status && resume && ftruncate(*journal, (off_t)whole))
        status = dcnn_fail(err, DCNN_E_IO, path, "%s", strerror(errno));
    if (status || whole > 0) return status;
    (void)snprintf(head, sizeof head, "%s\n", rows->plan->sha256);
    return append(*journal, head, strlen(head), err);
}
