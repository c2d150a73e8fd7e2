#include "names.h"
#include <stdlib.h>
#include <string.h>

typedef struct dcnn_name {
    const char *text; /* NULL = free */
    uint64_t hash;
    int space, number;
} slot;

uint64_t dcnn_names_seed(const char *digest)
{
    uint64_t seed = 0;

    for (int k = 0; k < 16 && digest[k]; k++)
        seed = seed << 4 | (uint64_t)(digest[k] <= '9' ? digest[k] - '0' : digest[k] - 'a' + 10);
    return seed;
}

static uint64_t hash_of(const dcnn_names *names, int space, const char *name)
{
    uint64_t hash = names->seed ^ ((uint64_t)(uint32_t)space * 0x9e3779b97f4a7c15u);

    for (; *name; name++) {
        hash = (hash ^ (unsigned char)*name) * 0x100000001b3u; /* the prime of Fowler, Noll and Vo */
        hash ^= hash >> 29;
    }
    return hash ^ hash >> 32;
}

/* The slot of a name, or the free one where it belongs. */
static slot *find_slot(const dcnn_names *names, int space, const char *name, uint64_t hash)
{
    size_t at = hash & (names->room - 1);

    for (;; at = (at + 1) & (names->room - 1)) {
        slot *s = &names->slots[at];
        if (!s->text) return s;
        if (s->hash == hash && s->space == space && strcmp(s->text, name) == 0) return s;
    }
}

int dcnn_names_find(const dcnn_names *names, int space, const char *name)
{
    const slot *s;

    if (names->room == 0) return -1;
    s = find_slot(names, space, name, hash_of(names, space, name));
    return s->text ? s->number : -1;
}

const char *dcnn_names_each(const dcnn_names *names, int space, size_t *at)
{
    while (*at < names->room) {
        const slot *s = &names->slots[(*at)++];
        if (s->text && s->space == space) return s->text;
    }
    return NULL;
}

static bool grow(dcnn_names *names)
{
    dcnn_names larger = *names;

    larger.room = names->room ? names->room * 2 : 64;
    larger.slots = dcnn_take(larger.room, sizeof *larger.slots);
    if (!larger.slots) return false;
    for (size_t k = 0; k < names->room; k++) {
        const slot *s = &names->slots[k];
        if (s->text) *find_slot(&larger, s->space, s->text, s->hash) = *s;
    }
    free(names->slots);
    *names = larger;
    return true;
}

bool dcnn_names_add(dcnn_names *names, int space, const char *name, int number)
{
    uint64_t hash = hash_of(names, space, name);

    if (names->used >= names->room / 4 * 3 && !grow(names)) return false;
    *find_slot(names, space, name, hash) = (slot){name, hash, space, number};
    names->used++;
    return true;
}

void dcnn_names_clear(dcnn_names *names)
{
    free(names->slots);
    *names = (dcnn_names){.seed = names->seed};
}
