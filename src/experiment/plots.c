#include "experiment/plots.h"
#include "experiment/files.h"
#include "experiment/plots_internal.h"
#include <string.h>

/* --- panels --- */

static bool belongs(const dcnn_panel *panel, const dcnn_group *g)
{
    return panel->system == g->system && strcmp(panel->setting, g->setting->name) == 0;
}

static void count_group(dcnn_panels *panels, const dcnn_group *g)
{
    int k = 0;

    while (k < panels->count && !belongs(&panels->panel[k], g)) k++;
    if (k == DCNN_PANELS_MAX) {
        panels->left_out = true;
        return;
    }
    if (k == panels->count) {
        panels->panel[k] = (dcnn_panel){.system = g->system, .setting = g->setting->name};
        panels->count++;
    }
    panels->panel[k].count++;
}

static bool take_groups(dcnn_panel *panel, const dcnn_groups *groups)
{
    panel->group = dcnn_pool_take(groups->pool, (size_t)panel->count, sizeof *panel->group);
    if (!panel->group) return false;
    panel->count = 0;
    for (int n = 0; n < groups->count; n++)
        if (belongs(panel, &groups->group[n])) panel->group[panel->count++] = &groups->group[n];
    return true;
}

int dcnn_panels_type(const dcnn_panels *panels, const char *type)
{
    int k = 0;

    while (k < panels->type_count && strcmp(panels->type[k], type) != 0) k++;
    return k < DCNN_TYPES_SHOWN ? k : DCNN_TYPES_SHOWN - 1;
}

static void add_types(dcnn_panels *panels, const dcnn_group *g)
{
    for (int t = 0; t < g->type_count; t++) {
        int k = dcnn_panels_type(panels, g->type[t]);
        if (g->used[t] == 0) continue;
        if (k == panels->type_count)
            panels->type[panels->type_count++] = g->type[t];
        else if (strcmp(panels->type[k], g->type[t]) != 0)
            panels->type[k] = "others";
    }
}

static bool take_panels(dcnn_panels *panels, const dcnn_groups *groups)
{
    *panels = (dcnn_panels){.plan = groups->plan, .pool = groups->pool};
    panels->panel = dcnn_pool_take(panels->pool, DCNN_PANELS_MAX, sizeof *panels->panel);
    if (!panels->panel) return false;
    for (int n = 0; n < groups->count; n++) {
        count_group(panels, &groups->group[n]);
        add_types(panels, &groups->group[n]);
    }
    for (int k = 0; k < panels->count; k++)
        if (!take_groups(&panels->panel[k], groups)) return false;
    return true;
}

/* --- data --- */

/* A block of lines and two empty ones: what gnuplot calls a data set. */
static void add_block(dcnn_buf *out, const dcnn_panels *panels, const dcnn_picture *picture, const dcnn_panel *panel)
{
    dcnn_buf_format(out, "# %s, %s\n", panel->system->name, panel->setting);
    for (int k = 0; k < panel->count; k++) {
        char layers[16];
        if (!dcnn_picture_shows(picture, panel->group[k])) continue;
        dcnn_group_layers(panel->group[k], layers);
        dcnn_buf_text(out, layers);
        picture->data(out, panels, panel->group[k]);
        dcnn_buf_text(out, "\n");
    }
    dcnn_buf_text(out, "\n\n");
}

static void add_data(dcnn_buf *out, const dcnn_panels *panels, const dcnn_picture *picture)
{
    dcnn_buf_format(out, "# %s: layers per unit, then", picture->quantity);
    picture->data(out, panels, NULL);
    dcnn_buf_text(out, "\n");
    for (int k = 0; k < panels->count; k++)
        if (dcnn_picture_shows_panel(picture, &panels->panel[k])) add_block(out, panels, picture, &panels->panel[k]);
}

/* --- files --- */

static dcnn_status save(const dcnn_panels *panels, const dcnn_picture *picture, const char *folder, dcnn_error *err)
{
    dcnn_buf data = {0}, script = {0}, name = {0};
    dcnn_status status;

    add_data(&data, panels, picture);
    dcnn_plots_script(&script, panels, picture);
    dcnn_buf_format(&name, "%s.dat", picture->name);
    status = name.failed ? dcnn_fail_memory(err) : dcnn_folder_save(folder, name.data, &data, err);
    dcnn_buf_clear(&name);
    dcnn_buf_format(&name, "%s.gp", picture->name);
    if (!status) status = name.failed ? dcnn_fail_memory(err) : dcnn_folder_save(folder, name.data, &script, err);
    dcnn_buf_clear(&data);
    dcnn_buf_clear(&script);
    dcnn_buf_clear(&name);
    return status;
}

static void add_loads(dcnn_buf *all, const char *kind)
{
    dcnn_buf_format(all, "kind = '%s'\n", kind);
    for (int k = 0; k < DCNN_PICTURES; k++) dcnn_buf_format(all, "load '%s.gp'\n", dcnn_pictures[k].name);
}

static dcnn_status save_all(const dcnn_panels *panels, const char *folder, dcnn_error *err)
{
    dcnn_buf all = {0};
    dcnn_status status = DCNN_OK;

    dcnn_buf_text(&all, "# all.gp - draws the pictures of this folder, .svg and .png: gnuplot all.gp\n");
    add_loads(&all, "svg");
    dcnn_buf_text(&all, "if (!strstrt(GPVAL_TERMINALS, 'pngcairo')) exit\n");
    add_loads(&all, "png");
    for (int k = 0; k < DCNN_PICTURES && !status; k++) status = save(panels, &dcnn_pictures[k], folder, err);
    if (!status) status = dcnn_folder_save(folder, "all.gp", &all, err);
    dcnn_buf_clear(&all);
    return status;
}

dcnn_status dcnn_plots_write(const dcnn_groups *groups, const char *directory, dcnn_error *err)
{
    dcnn_buf folder = {0};
    dcnn_panels panels;
    dcnn_status status;

    dcnn_buf_format(&folder, "%s/plots", directory);
    if (folder.failed || !take_panels(&panels, groups))
        status = dcnn_fail_memory(err);
    else
        status = dcnn_folder_make(folder.data, err);
    if (!status) status = save_all(&panels, folder.data, err);
    dcnn_buf_clear(&folder);
    return status;
}
