#include "team.h"
#include <limits.h>
#include <mpi.h>
#include <stdlib.h>

struct mpi_team {
    int ranks;
    char *all; /* blocks of the last exchange */
    size_t room;
    size_t *sizes;              /* [ranks] */
    int *counts, *displacement; /* [ranks] as MPI wants them */
};

static bool make_room(mpi_team *state, size_t bytes)
{
    size_t room = state->room ? state->room : 4096;
    char *all;

    if (bytes <= state->room) return true;
    while (room < bytes) room *= 2;
    if (!(all = realloc(state->all, room))) return false;
    state->all = all;
    state->room = room;
    return true;
}

/* MPI counts in int: larger blocks go by pieces of one rank after another. */
static bool gather_in_pieces(mpi_team *state, const void *block, int rank)
{
    size_t start = 0;

    for (int r = 0; r < state->ranks; r++) {
        for (size_t at = 0; at < state->sizes[r]; at += INT_MAX) {
            size_t left = state->sizes[r] - at;
            int piece = left < INT_MAX ? (int)left : INT_MAX;
            if (r == rank)
                for (int k = 0; k < piece; k++)
                    state->all[start + at + (size_t)k] = ((const char *)block)[at + (size_t)k];
            if (MPI_Bcast(state->all + start + at, piece, MPI_BYTE, r, MPI_COMM_WORLD) != MPI_SUCCESS) return false;
        }
        start += state->sizes[r];
    }
    return true;
}

static bool gather_at_once(mpi_team *state, const void *block, int rank)
{
    int at = 0;

    for (int r = 0; r < state->ranks; r++) {
        state->counts[r] = (int)state->sizes[r];
        state->displacement[r] = at;
        at += state->counts[r];
    }
    return MPI_Allgatherv(block, state->counts[rank], MPI_BYTE, state->all, state->counts, state->displacement,
                          MPI_BYTE, MPI_COMM_WORLD) == MPI_SUCCESS;
}

static bool exchange(void *user, const void *block, size_t bytes, const void **all, const size_t **sizes)
{
    mpi_team *state = user;
    size_t total = 0;
    int rank;

    (void)MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    if (MPI_Allgather(&bytes, (int)sizeof bytes, MPI_BYTE, state->sizes, (int)sizeof bytes, MPI_BYTE, MPI_COMM_WORLD) !=
        MPI_SUCCESS)
        return false;
    for (int r = 0; r < state->ranks; r++) total += state->sizes[r];
    if (!make_room(state, total)) return false;
    *all = state->all;
    *sizes = state->sizes;
    return total <= INT_MAX ? gather_at_once(state, block, rank) : gather_in_pieces(state, block, rank);
}

mpi_team *mpi_team_new(dcnn_team *team)
{
    mpi_team *state = calloc(1, sizeof *state);

    *team = (dcnn_team){.exchange = exchange, .user = state};
    (void)MPI_Comm_rank(MPI_COMM_WORLD, &team->rank);
    (void)MPI_Comm_size(MPI_COMM_WORLD, &team->rank_count);
    if (!state) return NULL;
    state->ranks = team->rank_count;
    state->sizes = calloc((size_t)state->ranks, sizeof *state->sizes);
    state->counts = calloc((size_t)state->ranks, sizeof *state->counts);
    state->displacement = calloc((size_t)state->ranks, sizeof *state->displacement);
    if (state->sizes && state->counts && state->displacement) return state;
    mpi_team_free(state);
    return NULL;
}

void mpi_team_free(mpi_team *state)
{
    if (!state) return;
    free(state->all);
    free(state->sizes);
    free(state->counts);
    free(state->displacement);
    free(state);
}
