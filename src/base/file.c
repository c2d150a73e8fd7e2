#include "base.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static dcnn_status fail_io(dcnn_error *err, const char *path, const char *verb)
{
    int code = errno;

    return dcnn_fail(err, DCNN_E_IO, path, "cannot %s: %s", verb, strerror(code));
}

static dcnn_status read_all(dcnn_buf *buf, int file, const char *path, size_t limit_bytes, dcnn_error *err)
{
    char part[65536];
    ssize_t got;

    while ((got = read(file, part, sizeof part)) != 0) {
        if (got < 0) {
            if (errno == EINTR) continue;
            return fail_io(err, path, "read");
        }
        dcnn_buf_add(buf, part, (size_t)got);
        if (buf->failed) return dcnn_fail_memory(err);
        if (limit_bytes && buf->size > limit_bytes)
            return dcnn_fail(err, DCNN_E_VALUE, path, "larger than %zu bytes", limit_bytes);
    }
    return DCNN_OK;
}

dcnn_status dcnn_file_load(dcnn_buf *buf, const char *path, size_t limit_bytes, dcnn_error *err)
{
    bool from_stdin = strcmp(path, "-") == 0;
    const char *name = from_stdin ? "standard input" : path;
    int file = from_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    dcnn_status status;

    dcnn_buf_clear(buf);
    if (file < 0) return fail_io(err, name, "read");
    status = read_all(buf, file, name, limit_bytes, err);
    if (!from_stdin) (void)close(file);
    dcnn_buf_text(buf, ""); /* an empty file is an empty text, not none at all */
    if (!status && buf->failed) status = dcnn_fail_memory(err);
    if (status) dcnn_buf_clear(buf);
    return status;
}

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t put = write(file, bytes, size);
        if (put < 0) {
            if (errno == EINTR) continue;
            return false;
        }
        bytes += put;
        size -= (size_t)put;
    }
    return true;
}

static dcnn_status write_straight(int file, const char *name, const char *bytes, size_t size, dcnn_error *err)
{
    return write_all(file, bytes, size) ? DCNN_OK : fail_io(err, name, "write");
}

/* The permissions a new file gets from the process, or those of the file it replaces. */
static mode_t wanted_mode(const struct stat *old)
{
    mode_t mask;

    if (old) return old->st_mode & 0777;
    mask = umask(0);
    (void)umask(mask);
    return 0666 & ~mask;
}

static dcnn_status replace(const char *path, const struct stat *old, const char *bytes, size_t size, dcnn_error *err)
{
    dcnn_buf beside = {0};
    dcnn_status status = DCNN_OK;
    int file = -1;

    dcnn_buf_format(&beside, "%s.XXXXXX", path);
    if (beside.failed) return dcnn_fail_memory(err);
    file = mkstemp(beside.data);
    if (file < 0) {
        status = fail_io(err, path, "write");
        goto done;
    }
    if (fchmod(file, wanted_mode(old)) != 0 || !write_all(file, bytes, size) || fsync(file) != 0) {
        status = fail_io(err, path, "write");
        (void)close(file);
        (void)unlink(beside.data);
        goto done;
    }
    if (close(file) != 0 || rename(beside.data, path) != 0) {
        status = fail_io(err, path, "write");
        (void)unlink(beside.data);
    }
done:
    dcnn_buf_clear(&beside);
    return status;
}

dcnn_status dcnn_file_save(const char *path, const char *bytes, size_t size, dcnn_error *err)
{
    struct stat old;
    bool exists;
    dcnn_status status;
    int file;

    if (strcmp(path, "-") == 0) return write_straight(STDOUT_FILENO, "standard output", bytes, size, err);
    exists = stat(path, &old) == 0;
    if (!exists || S_ISREG(old.st_mode)) return replace(path, exists ? &old : NULL, bytes, size, err);
    file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return fail_io(err, path, "write");
    status = write_straight(file, path, bytes, size, err);
    if (close(file) != 0 && !status) status = fail_io(err, path, "write");
    return status;
}
