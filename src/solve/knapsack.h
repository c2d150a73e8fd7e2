/* knapsack.h - rows implied by a unit's memory that are stronger than it in the relaxation.
 *
 * For any divisor d: sum of floor(bytes / d) <= floor(capacity / d), a Chvatal-Gomory cut of rank one. With
 * d just above capacity / (k + 1) it says that at most k layers that heavy fit; with d the weight of a layer, how the
 * others mix with layers of that kind. */
#ifndef DCNN_SOLVE_KNAPSACK_H
#define DCNN_SOLVE_KNAPSACK_H

#include <stddef.h>
#include <stdint.h>

enum { DCNN_DIVISORS_MAX = 8 };

/* The divisors whose rows are worth having.
 *
 * bytes, count  weights of what may sit on the unit, sorted ascending
 * capacity      of the unit
 * layers        at most so many sit there at once
 * divisors      out, [DCNN_DIVISORS_MAX]
 *
 * Returns how many. O(count * DCNN_DIVISORS_MAX). */
int dcnn_knapsack_divisors(const int64_t *bytes, size_t count, int64_t capacity, int layers, int64_t *divisors);

#endif
