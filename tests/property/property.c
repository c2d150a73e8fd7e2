#include "property.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint64_t first;
    long count;
    bool soak; /* tell how far it got */
} seeds;

static void print_complaint(const property *p, uint64_t seed, const char *text)
{
    printf("# %s fails for seed %llu; to try it again: DCNN_PROPERTY_SEED=%llu\n# ", p->name, (unsigned long long)seed,
           (unsigned long long)seed);
    for (const char *c = text; *c; c++) {
        (void)putchar(*c);
        if (*c == '\n' && c[1]) printf("# ");
    }
    (void)putchar('\n');
}

/* True when the property holds for every seed; ends at the first that fails. */
static bool try_seeds(const property *p, seeds s)
{
    for (long k = 0; k < s.count; k++) {
        dcnn_buf complaint = {0};
        bool failed;
        p->holds(s.first + (uint64_t)k, &complaint);
        failed = complaint.size > 0 || complaint.failed;
        if (failed) print_complaint(p, s.first + (uint64_t)k, complaint.data ? complaint.data : "out of memory");
        dcnn_buf_clear(&complaint);
        if (failed) return false;
        if (s.soak && (k + 1) % 1000 == 0) fprintf(stderr, "%s: %ld seeds hold\n", p->name, k + 1);
    }
    return true;
}

static seeds usual_seeds(const property *p)
{
    const char *seed = getenv("DCNN_PROPERTY_SEED"), *cases = getenv("DCNN_PROPERTY_CASES"),
               *share = getenv("DCNN_PROPERTY_SHARE");
    long part = share ? strtol(share, NULL, 10) : 1;

    if (seed) return (seeds){strtoull(seed, NULL, 10), 1, false};
    return (seeds){1, cases ? strtol(cases, NULL, 10) : p->cases / (part > 0 ? part : 1), false};
}

int property_main(int argc, char **argv, const property *properties, int count)
{
    bool soak = argc > 2;
    int failures = 0;

    printf("1..%d\n", count);
    for (int k = 0; k < count; k++) {
        const property *p = &properties[k];
        seeds s = soak ? (seeds){strtoull(argv[1], NULL, 10), strtol(argv[2], NULL, 10), true} : usual_seeds(p);
        bool holds;
        if (argc > 3 && !strstr(p->name, argv[3])) s.count = 0;
        holds = try_seeds(p, s);
        failures += !holds;
        printf("%sok %d - %s, %ld seeds\n", holds ? "" : "not ", k + 1, p->name, s.count);
        (void)fflush(stdout);
    }
    return failures > 0;
}
