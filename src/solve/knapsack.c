#include "solve/knapsack.h"
#include <stdbool.h>

enum { HEAVY_MAX = 3, WEIGHTS_MAX = 4 };
static const double worth_less = 0.98; /* rounding that takes less than 2 % of the capacity away is not worth a row */

/* Whether two divisors round everything alike. */
static bool same_row(const int64_t *bytes, size_t count, int64_t capacity, int64_t a, int64_t b)
{
    if (capacity / a != capacity / b) return false;
    for (size_t k = 0; k < count; k++)
        if (bytes[k] / a != bytes[k] / b) return false;
    return true;
}

/* Whether the row can be broken at all, and the row of layer counts does not say as much. */
static bool binds(const int64_t *bytes, size_t count, int64_t capacity, int layers, int64_t divisor)
{
    int64_t sum = 0, limit = capacity / divisor, most = bytes[count - 1] / divisor;

    if (most <= 1 && limit >= layers) return false;
    for (size_t k = 0; k < count && sum <= limit; k++) sum += bytes[k] / divisor;
    return sum > limit;
}

static void add(const int64_t *bytes, size_t count, int64_t capacity, int layers, int64_t divisor, int64_t *divisors,
                int *used)
{
    if (divisor < 1 || !binds(bytes, count, capacity, layers, divisor)) return;
    for (int k = 0; k < *used; k++)
        if (same_row(bytes, count, capacity, divisors[k], divisor)) return;
    divisors[(*used)++] = divisor;
}

/* The share of the capacity that whole layers of this weight can fill. */
static double filled(int64_t capacity, int64_t weight)
{
    return (double)(capacity / weight) * (double)weight / (double)capacity;
}

int dcnn_knapsack_divisors(const int64_t *bytes, size_t count, int64_t capacity, int layers, int64_t *divisors)
{
    double above = 0;
    int used = 0;

    if (count == 0 || capacity <= 0) return 0;
    for (int64_t k = 1; k <= HEAVY_MAX; k++)
        add(bytes, count, capacity, layers, capacity / (k + 1) + 1, divisors, &used);
    for (int turn = 0; turn < WEIGHTS_MAX; turn++) { /* the weights that fill the unit worst, one by one */
        double least = worth_less;
        int64_t weight = 0;
        for (size_t k = 0; k < count; k++) {
            if (bytes[k] <= 0 || (k > 0 && bytes[k] == bytes[k - 1])) continue;
            if (filled(capacity, bytes[k]) <= above || filled(capacity, bytes[k]) >= least) continue;
            least = filled(capacity, bytes[k]);
            weight = bytes[k];
        }
        if (weight == 0) break;
        above = least;
        add(bytes, count, capacity, layers, weight, divisors, &used);
    }
    return used;
}
