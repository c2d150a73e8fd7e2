/* draft.h - a scenario to be changed: its units, CNNs, links and shared groups are copies, all else is borrowed. */
#ifndef DCNN_REASONS_DRAFT_H
#define DCNN_REASONS_DRAFT_H

#include "base/base.h"
#include <dcnn/scenario.h>

typedef struct {
    dcnn_scenario scenario;
    dcnn_pool *pool;
} dcnn_draft;

/* False when memory is out. Close it in any case. */
bool dcnn_draft_open(dcnn_draft *draft, const dcnn_scenario *original);
void dcnn_draft_close(dcnn_draft *draft);

/* Puts everything back. */
void dcnn_draft_reset(dcnn_draft *draft, const dcnn_scenario *original);

/* Leaves a single CNN; shared groups of one layer dissolve. False when memory is out. */
bool dcnn_draft_keep_cnn(dcnn_draft *draft, int c);

/* Layers of a group are no longer shared. */
void dcnn_draft_unshare(dcnn_draft *draft, int group);

/* Adds a unit that stands where unit `like` stands, with its figures and its links or hops. False when memory is out or
 * the scenario would be too large. */
bool dcnn_draft_add_unit(dcnn_draft *draft, int like);

/* Links two places both ways: as the first link of the network does, or by one hop. False when memory is out. */
bool dcnn_draft_add_link(dcnn_draft *draft, int a, int b);

#endif
