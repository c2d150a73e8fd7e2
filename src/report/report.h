/* report.h - the sections of the page. Each writes itself; a lost allocation stays set in the buffer. */
#ifndef DCNN_REPORT_REPORT_H
#define DCNN_REPORT_REPORT_H

#include "draw/usage.h"
#include "report/html.h"
#include "report/timeline.h"
#include <dcnn/network.h>
#include <dcnn/report.h>

typedef struct {
    const dcnn_scenario *scenario;
    const dcnn_placement *placement;
    const dcnn_report_options *options;
    dcnn_network *network;
    dcnn_pool *pool;
    dcnn_usage *usage;         /* [unit_count] */
    dcnn_timeline **timelines; /* [placement->cnn_count] */
    dcnn_buf *out;
} dcnn_page;

/* "proven optimal", what it costs, how far from proven (headline.c). */
void dcnn_report_headline(const dcnn_page *page);

/* Why there is no placement, and what would make one possible (reasons.c). */
void dcnn_report_reasons(const dcnn_page *page);

/* The map with a switch for every CNN (map.c). DCNN_E_MEMORY. */
dcnn_status dcnn_report_map(const dcnn_page *page, dcnn_error *err);

/* A bar for every CNN, split into its parts (bars.c). */
void dcnn_report_bars(const dcnn_page *page);

/* One inference of every CNN from input to decision, drawn to scale and step by step (inference.c). */
void dcnn_report_inference(const dcnn_page *page);

/* Which units are used and how full they are (units.c). */
void dcnn_report_units(const dcnn_page *page);

/* Which limits bind, and what relaxing them would gain (limits.c). */
void dcnn_report_limits(const dcnn_page *page);

/* What the scenario says (figures.c). */
void dcnn_report_figures(const dcnn_page *page);

/* The commands, versions and sums that make this page again (reproduce.c). */
void dcnn_report_reproduce(const dcnn_page *page);

#endif
