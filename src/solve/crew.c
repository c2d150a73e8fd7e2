#include "solve/crew.h"
#include "base/base.h"
#include <stdlib.h>
#include <string.h>

bool dcnn_crew_owns(const dcnn_team *team, int cnn)
{
    return !team || cnn % team->rank_count == team->rank;
}

bool dcnn_crew_leads(const dcnn_team *team)
{
    return !team || team->rank == 0;
}

void dcnn_parcel_carry(dcnn_parcel *parcel, void *data, size_t bytes)
{
    if (parcel->failed || bytes == 0) return;
    if (parcel->reading) {
        parcel->failed = parcel->size - parcel->at < bytes;
        if (!parcel->failed) memcpy(data, parcel->bytes + parcel->at, bytes);
    } else {
        while (!parcel->failed && parcel->room - parcel->at < bytes)
            parcel->failed = !dcnn_reserve((void **)&parcel->bytes, &parcel->room, parcel->room, 1);
        if (!parcel->failed) memcpy(parcel->bytes + parcel->at, data, bytes);
    }
    if (!parcel->failed) parcel->at += bytes;
}

/* Every block begins with whether its rank is well. */
static void start_block(dcnn_parcel *mine)
{
    bool well = true;

    *mine = (dcnn_parcel){0};
    dcnn_parcel_carry(mine, &well, sizeof well);
}

/* Sends this rank's block; theirs [rank_count] receives all. False for all ranks when one of them is not well. */
static bool swap_blocks(const dcnn_team *team, dcnn_parcel *mine, dcnn_parcel *theirs)
{
    static const char unwell[sizeof(bool)] = {0};
    const void *all;
    const size_t *sizes;
    size_t at = 0;
    bool well = !mine->failed;

    if (!team->exchange(team->user, well ? mine->bytes : unwell, well ? mine->at : sizeof unwell, &all, &sizes))
        return false;
    for (int r = 0; r < team->rank_count; r++) {
        bool is_well = false;
        theirs[r] = (dcnn_parcel){.reading = true, .bytes = (char *)all + at, .size = sizes[r]};
        dcnn_parcel_carry(&theirs[r], &is_well, sizeof is_well);
        well = well && is_well;
        at += sizes[r];
    }
    return well;
}

/* --- */

typedef struct {
    const dcnn_team *team;
    const dcnn_crew_task *task;
} share;

static int owner_of(const share *s, int item)
{
    int cnn = s->task->cnn ? s->task->cnn(s->task->user, item) : item;

    return cnn % s->team->rank_count;
}

static void work_if_own(void *user, int item, int worker)
{
    const share *s = user;

    if (owner_of(s, item) == s->team->rank) s->task->work(s->task->user, item, worker);
}

static bool tell_items(const share *s, dcnn_parcel *theirs)
{
    const dcnn_team *team = s->team;
    dcnn_parcel mine;
    bool done;

    start_block(&mine);
    for (int item = 0; item < s->task->count; item++)
        if (owner_of(s, item) == team->rank) s->task->carry(s->task->user, item, &mine);
    done = swap_blocks(team, &mine, theirs);
    for (int item = 0; done && item < s->task->count; item++) {
        int owner = owner_of(s, item);
        if (owner == team->rank) continue;
        s->task->carry(s->task->user, item, &theirs[owner]);
        done = !theirs[owner].failed;
    }
    free(mine.bytes);
    return done;
}

bool dcnn_crew_run(const dcnn_team *team, int threads, const dcnn_crew_task *task)
{
    share s = {team, task};
    dcnn_parcel *theirs;
    bool done;

    if (!team) {
        if (task->work) dcnn_workers_run(threads, task->count, task->work, task->user);
        return true;
    }
    if (task->work) dcnn_workers_run(threads, task->count, work_if_own, &s);
    theirs = dcnn_take((size_t)team->rank_count, sizeof *theirs);
    done = theirs && tell_items(&s, theirs);
    free(theirs);
    return done;
}

bool dcnn_crew_follow(const dcnn_team *team, void (*carry)(void *user, int item, dcnn_parcel *parcel), void *user)
{
    dcnn_parcel mine, *theirs;
    bool done;

    if (!team) return true;
    theirs = dcnn_take((size_t)team->rank_count, sizeof *theirs);
    start_block(&mine);
    if (team->rank == 0) carry(user, 0, &mine);
    done = theirs && swap_blocks(team, &mine, theirs);
    if (done && team->rank != 0) {
        carry(user, 0, &theirs[0]);
        done = !theirs[0].failed;
    }
    free(mine.bytes);
    free(theirs);
    return done;
}
