#include "map.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static dcnn_status fail_read(dcnn_error *err, const char *path, int code)
{
    return dcnn_fail(err, DCNN_E_IO, path, "cannot read: %s", strerror(code));
}

dcnn_status dcnn_map_open(dcnn_map *map, const char *path, dcnn_error *err)
{
    struct stat about;
    dcnn_status status = DCNN_OK;
    void *bytes;
    int file;

    memset(map, 0, sizeof *map);
    file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not make us wait: it is refused below */
    if (file < 0) return fail_read(err, path, errno);
    if (fstat(file, &about) != 0) {
        status = fail_read(err, path, errno);
        goto done;
    }
    if (!S_ISREG(about.st_mode)) {
        status = S_ISDIR(about.st_mode) ? fail_read(err, path, EISDIR)
                                        : dcnn_fail(err, DCNN_E_IO, path, "cannot read: not a regular file");
        goto done;
    }
    if (about.st_size == 0) goto done;
    bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes == MAP_FAILED) {
        status = fail_read(err, path, errno);
        goto done;
    }
    (void)posix_madvise(bytes, (size_t)about.st_size,
                        POSIX_MADV_RANDOM); /* headers lie far apart: read no weights ahead */
    map->bytes = bytes;
    map->size = (size_t)about.st_size;
done:
    (void)close(file);
    return status;
}

void dcnn_map_close(dcnn_map *map)
{
    if (map->bytes) (void)munmap((void *)(uintptr_t)map->bytes, map->size);
    memset(map, 0, sizeof *map);
}
