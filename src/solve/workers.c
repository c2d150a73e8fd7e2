#include "solve/workers.h"
#include <pthread.h>
#include <stdatomic.h>

enum { THREADS_MAX = 256 };

typedef struct {
    atomic_int next;
    int count;
    dcnn_item_fn fn;
    void *user;
} shared_work;

typedef struct {
    shared_work *work;
    int number;
} worker;

static void *work_on(void *argument)
{
    worker *me = argument;
    int item;

    while ((item = atomic_fetch_add(&me->work->next, 1)) < me->work->count)
        me->work->fn(me->work->user, item, me->number);
    return NULL;
}

void dcnn_workers_run(int threads, int count, dcnn_item_fn fn, void *user)
{
    shared_work work = {.count = count, .fn = fn, .user = user};
    pthread_t handle[THREADS_MAX];
    worker workers[THREADS_MAX];
    int started = 0;

    if (threads > THREADS_MAX) threads = THREADS_MAX;
    if (threads > count) threads = count;
    for (int t = 0; t < threads; t++) workers[t] = (worker){&work, t};
    for (int t = 1; t < threads; t++)
        if (pthread_create(&handle[started], NULL, work_on, &workers[t]) == 0) started++;
    if (threads > 0) (void)work_on(&workers[0]);
    for (int t = 0; t < started; t++) (void)pthread_join(handle[t], NULL);
}
