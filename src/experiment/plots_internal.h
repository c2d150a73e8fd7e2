/* plots_internal.h - panels, pictures and their scripts. */
#ifndef DCNN_EXPERIMENT_PLOTS_INTERNAL_H
#define DCNN_EXPERIMENT_PLOTS_INTERNAL_H

#include "experiment/groups.h"

/* The groups of one system and one setting's name: a column for each number of layers per unit. */
typedef struct {
    const dcnn_plan_system *system;
    const char *setting;
    int count;
    const dcnn_group **group; /* [count] in the plan's order */
} dcnn_panel;

enum { DCNN_PANELS_MAX = 240, DCNN_TYPES_SHOWN = 8 };

typedef struct {
    const dcnn_plan *plan;
    dcnn_pool *pool;
    int count;
    dcnn_panel *panel;
    bool left_out;                      /* there are more than DCNN_PANELS_MAX */
    int type_count;                     /* of units that run a layer anywhere */
    const char *type[DCNN_TYPES_SHOWN]; /* the last one is "others" where there are more */
} dcnn_panels;

typedef struct {
    const char *text, *colour;
} dcnn_legend;

enum { DCNN_LEGEND_MAX = DCNN_TYPES_SHOWN };

typedef struct {
    const char *name;     /* of its files */
    const char *title;    /* below the plan's name */
    const char *quantity; /* with its unit, for the axis */
    bool of_placed;       /* about placements: groups without any are left out */
    bool logarithmic;

    /* The figures of a group, each after a blank. */
    void (*data)(dcnn_buf *out, const dcnn_panels *panels, const dcnn_group *g);
    /* The span that a group needs on the axis. */
    void (*span)(const dcnn_group *g, double *least, double *most);
    /* What gnuplot shall plot of data set `index` of file NAME.dat. */
    void (*plot)(dcnn_buf *out, const dcnn_panels *panels, int index);
    /* What the colours mean; returns how many. */
    int (*legend)(const dcnn_panels *panels, dcnn_legend legend[DCNN_LEGEND_MAX]);
} dcnn_picture;

/* --- plots.c --- */

/* Where units of that type are counted: its index, type_count where there is none yet. */
int dcnn_panels_type(const dcnn_panels *panels, const char *type);

/* --- pictures.c --- */

enum { DCNN_PICTURES = 4 };
extern const dcnn_picture dcnn_pictures[DCNN_PICTURES];

/* --- plots_script.c --- */

/* Whether the picture has something to say of a group, and of a panel. */
bool dcnn_picture_shows(const dcnn_picture *picture, const dcnn_group *g);
bool dcnn_picture_shows_panel(const dcnn_picture *picture, const dcnn_panel *panel);

/* The script that draws a picture from its data, in which each panel that it shows is a data set. */
void dcnn_plots_script(dcnn_buf *out, const dcnn_panels *panels, const dcnn_picture *picture);

/* The text in quotes for gnuplot, with octal numbers for letters that could mean something to it: it runs what stands
 * between backquotes, expands @names, and counts braces. */
void dcnn_gnuplot_quote(dcnn_buf *out, const char *text);

#endif
