/* base.h - memory, text buffers, files, random numbers, clock: no knowledge of CNNs. */
#ifndef DCNN_BASE_H
#define DCNN_BASE_H

#include <dcnn/file.h>
#include <dcnn/status.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- errors (error.c) --- */

/* Fills *err (may be NULL) and returns code. where may be "". Call it where the fault is found; callers pass it up. */
dcnn_status dcnn_fail(dcnn_error *err, dcnn_status code, const char *where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The usual out-of-memory failure. */
dcnn_status dcnn_fail_memory(dcnn_error *err);

/* --- memory (memory.c) --- */

/* count zeroed objects of size bytes, or NULL when that overflows or memory is out; count 0 gives a valid block. */
void *dcnn_take(size_t count, size_t size);

/* The block resized (new part not zeroed), or NULL with the block untouched. */
void *dcnn_resize(void *block, size_t count, size_t size);

/* Makes room for one more object: when used == *room, doubles it (at least 16). The block may move; false when memory
 * is out. Use: if (!dcnn_reserve((void **)&items, &room, used, sizeof *items)) ... */
bool dcnn_reserve(void **block, size_t *room, size_t used, size_t size);

/* Makes room for that many items of size bytes, and no more; contents stay. False when memory is out (then nothing has
 * changed). */
bool dcnn_grow(void **block, size_t *room, size_t wanted, size_t size);

/* A pool hands out blocks that are freed all at once. */
typedef struct dcnn_pool dcnn_pool;
dcnn_pool *dcnn_pool_new(void); /* NULL when memory is out */
void dcnn_pool_free(dcnn_pool *pool);
void *dcnn_pool_take(dcnn_pool *pool, size_t count, size_t size);       /* 16-aligned; NULL when out or overflowing */
void *dcnn_pool_room(dcnn_pool *pool, size_t count, size_t size);       /* the same, but not zeroed */
char *dcnn_pool_text(dcnn_pool *pool, const char *text);                /* copy; NULL when out */
char *dcnn_pool_bytes(dcnn_pool *pool, const char *bytes, size_t size); /* copy with a terminator; NULL when out */

/* --- growing text (buf.c): after a lost allocation every call does nothing and failed stays set --- */

typedef struct {
    char *data; /* terminated when not NULL */
    size_t size, room;
    bool failed;
} dcnn_buf;

void dcnn_buf_add(dcnn_buf *buf, const char *bytes, size_t size);
void dcnn_buf_text(dcnn_buf *buf, const char *text);
void dcnn_buf_format(dcnn_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void dcnn_buf_clear(dcnn_buf *buf);

/* A number as the shortest text that reads back as the same double ("0.1", "1e+300"); locale-free. */
void dcnn_buf_double(dcnn_buf *buf, double value);

/* --- files (file.c): saving is public, see dcnn/file.h --- */

/* Whole file into buf (replacing its content), terminated, "" for an empty one; "-" is standard input. limit_bytes 0 =
 * none. A directory, a missing or unreadable file is DCNN_E_IO. */
dcnn_status dcnn_file_load(dcnn_buf *buf, const char *path, size_t limit_bytes, dcnn_error *err);

/* --- random numbers (rng.c): xoshiro256** of Blackman and Vigna (2018), seeded by splitmix64 --- */

typedef struct {
    uint64_t state[4];
} dcnn_rng;

void dcnn_rng_seed(dcnn_rng *rng, uint64_t seed);
uint64_t dcnn_rng_next(dcnn_rng *rng);
uint64_t dcnn_rng_below(dcnn_rng *rng, uint64_t n); /* uniform in 0 .. n-1, n >= 1, unbiased */
double dcnn_rng_unit(dcnn_rng *rng);                /* uniform in [0, 1), 53 bits */

/* --- clock (os_posix.c) --- */

double dcnn_clock_s(void); /* monotonic seconds */

/* --- SHA-256 (sha256.c, FIPS 180-4) --- */

void dcnn_sha256_hex(const void *bytes, size_t size, char hex[65]);

#endif
