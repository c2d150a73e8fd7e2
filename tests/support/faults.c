#include "faults.h"
#include <malloc.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

static atomic_long allowed_left = -1; /* negative: no faults */
static atomic_long injected, live, live_bytes, peak_bytes;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);

void faults_after(long allowed)
{
    allowed_left = allowed;
}

void faults_off(void)
{
    allowed_left = -1;
}

long faults_injected(void)
{
    return injected;
}

long faults_live_blocks(void)
{
    return live;
}

long faults_peak_bytes(void)
{
    return peak_bytes;
}

void faults_forget_peak(void)
{
    peak_bytes = live_bytes;
}

static bool fails(void)
{
    long left = allowed_left;

    if (left < 0) return false;
    if (left > 0) {
        allowed_left = left - 1;
        return false;
    }
    injected++;
    return true;
}

/* A peak that two threads reach at once may be missed by a little: it is read in tests of one thread. */
static void count_bytes(long more)
{
    long now = atomic_fetch_add(&live_bytes, more) + more;

    if (now > peak_bytes) peak_bytes = now;
}

static void *counted(void *block)
{
    if (!block) return NULL;
    live++;
    count_bytes((long)malloc_usable_size(block));
    return block;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *block, size_t size)
{
    long before = block ? (long)malloc_usable_size(block) : 0;
    void *moved;

    if (fails()) return NULL;
    moved = __real_realloc(block, size);
    if (!block) return counted(moved);
    if (moved) count_bytes((long)malloc_usable_size(moved) - before);
    return moved;
}

void __wrap_free(void *block)
{
    if (block) {
        live--;
        count_bytes(-(long)malloc_usable_size(block));
    }
    __real_free(block);
}
