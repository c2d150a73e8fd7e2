/* workers.h - the same work on many items, on several threads. */
#ifndef DCNN_SOLVE_WORKERS_H
#define DCNN_SOLVE_WORKERS_H

/* Does one item. worker numbers the thread, 0 .. threads - 1: each may use scratch memory of its own. What it writes
 * must depend on the item alone, so that results do not depend on who did it. */
typedef void (*dcnn_item_fn)(void *user, int item, int worker);

/* Items 0 .. count - 1, each once, in no particular order; returns when all are done. Where the system refuses a thread
 * the others do its share. */
void dcnn_workers_run(int threads, int count, dcnn_item_fn fn, void *user);

#endif
