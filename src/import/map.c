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

/* Maps a file of that size. A kernel that has it in large pieces maps these as huge pages, whole ones at a touch: the
 * headers between the weights of a model would then bring in most of it. At a start where no huge page can begin, they
 * bring in a few small ones. */
static bool map_file(dcnn_map *map, int file, size_t size)
{
    static const uintptr_t huge_page = (uintptr_t)2 << 20;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    unsigned char *start;
    void *region;

    if (size > SIZE_MAX - page) return false;
    region = mmap(NULL, size + page, PROT_NONE, MAP_PRIVATE, file, 0);
    if (region == MAP_FAILED) return false;
    start = (unsigned char *)region + ((uintptr_t)region % huge_page == 0 ? page : 0);
    if (mmap(start, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, file, 0) == MAP_FAILED) {
        int code = errno;
        (void)munmap(region, size + page);
        errno = code;
        return false;
    }
    *map = (dcnn_map){start, size, region, size + page};
    return true;
}

dcnn_status dcnn_map_open(dcnn_map *map, const char *path, dcnn_error *err)
{
    struct stat about;
    dcnn_status status = DCNN_OK;
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
    if (!map_file(map, file, (size_t)about.st_size)) {
        status = fail_read(err, path, errno);
        goto done;
    }
    /* headers lie far apart: read no weights ahead */
    (void)posix_madvise((void *)(uintptr_t)map->bytes, map->size, POSIX_MADV_RANDOM);
done:
    (void)close(file);
    return status;
}

void dcnn_map_close(dcnn_map *map)
{
    if (map->region) (void)munmap(map->region, map->region_size);
    memset(map, 0, sizeof *map);
}
