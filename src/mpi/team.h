/* team.h - the ranks of MPI_COMM_WORLD as a team of the library. */
#ifndef DCNN_MPI_TEAM_H
#define DCNN_MPI_TEAM_H

#include <dcnn/solve.h>

/* team borrows the state behind it; release with mpi_team_clear. False when memory is out. */
typedef struct mpi_team mpi_team;
mpi_team *mpi_team_new(dcnn_team *team);
void mpi_team_free(mpi_team *state);

#endif
