#include "base.h"
#include <stdlib.h>
#include <string.h>

void *dcnn_take(size_t count, size_t size)
{
    if (count == 0 || size == 0) return calloc(1, 1);
    return calloc(count, size); /* calloc itself refuses a product that overflows */
}

void *dcnn_resize(void *block, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) return NULL;
    return realloc(block, count * size > 0 ? count * size : 1);
}

bool dcnn_reserve(void **block, size_t *room, size_t used, size_t size)
{
    size_t wanted;
    void *moved;

    if (used < *room) return true;
    if (*room > SIZE_MAX / 2) return false;
    wanted = *room < 8 ? 16 : *room * 2;
    moved = dcnn_resize(*block, wanted, size);
    if (!moved) return false;
    *block = moved;
    *room = wanted;
    return true;
}

bool dcnn_grow(void **block, size_t *room, size_t wanted, size_t size)
{
    void *moved;

    if (*room >= wanted && *block) return true;
    moved = dcnn_resize(*block, wanted, size);
    if (!moved) return false;
    *block = moved;
    *room = wanted;
    return true;
}

enum { POOL_ALIGN = 16, POOL_CHUNK_BYTES = 4096, POOL_CHUNK_BYTES_MAX = 1 << 20 };

struct chunk {
    struct chunk *next;
    size_t used, size; /* bytes after this header */
};

struct dcnn_pool {
    struct chunk *newest;
    size_t next_bytes; /* size of the next ordinary chunk: doubles, so small pools stay small */
};

static const size_t chunk_header_bytes = (sizeof(struct chunk) + POOL_ALIGN - 1) / POOL_ALIGN * POOL_ALIGN;

dcnn_pool *dcnn_pool_new(void)
{
    dcnn_pool *pool = dcnn_take(1, sizeof *pool);

    if (pool) pool->next_bytes = POOL_CHUNK_BYTES;
    return pool;
}

void dcnn_pool_free(dcnn_pool *pool)
{
    if (!pool) return;
    while (pool->newest) {
        struct chunk *next = pool->newest->next;
        free(pool->newest);
        pool->newest = next;
    }
    free(pool);
}

static struct chunk *add_chunk(dcnn_pool *pool, size_t least_bytes)
{
    size_t size = least_bytes > pool->next_bytes ? least_bytes : pool->next_bytes;
    struct chunk *chunk;

    if (size > SIZE_MAX - chunk_header_bytes) return NULL;
    chunk = dcnn_resize(NULL, chunk_header_bytes + size, 1);
    if (!chunk) return NULL;
    chunk->used = 0;
    chunk->size = size;
    chunk->next = pool->newest;
    pool->newest = chunk;
    if (pool->next_bytes < POOL_CHUNK_BYTES_MAX) pool->next_bytes *= 2;
    return chunk;
}

void *dcnn_pool_room(dcnn_pool *pool, size_t count, size_t size)
{
    struct chunk *chunk = pool->newest;
    size_t bytes;
    unsigned char *block;

    if (size != 0 && count > (SIZE_MAX - POOL_ALIGN) / size) return NULL;
    bytes = (count * size + POOL_ALIGN - 1) / POOL_ALIGN * POOL_ALIGN;
    if (!chunk || chunk->size - chunk->used < bytes) chunk = add_chunk(pool, bytes);
    if (!chunk) return NULL;
    block = (unsigned char *)chunk + chunk_header_bytes + chunk->used;
    chunk->used += bytes;
    return block;
}

void *dcnn_pool_take(dcnn_pool *pool, size_t count, size_t size)
{
    void *block = dcnn_pool_room(pool, count, size);

    if (block) memset(block, 0, count * size);
    return block;
}

char *dcnn_pool_bytes(dcnn_pool *pool, const char *bytes, size_t size)
{
    char *copy = size == SIZE_MAX ? NULL : dcnn_pool_take(pool, size + 1, 1);

    if (copy && size > 0) memcpy(copy, bytes, size);
    return copy;
}

char *dcnn_pool_text(dcnn_pool *pool, const char *text)
{
    return dcnn_pool_bytes(pool, text, strlen(text));
}
