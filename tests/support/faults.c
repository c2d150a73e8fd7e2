#include "faults.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

static atomic_long allowed_left = -1; /* negative: no faults */
static atomic_long injected, live;

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

static void *counted(void *block)
{
    if (block) live++;
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
    void *moved;

    if (fails()) return NULL;
    moved = __real_realloc(block, size);
    return block ? moved : counted(moved);
}

void __wrap_free(void *block)
{
    if (block) live--;
    __real_free(block);
}
