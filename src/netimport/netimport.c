/* From the file of a network to a scenario: reading, unit types, CNNs and their sources. */
#include "generate/generate.h"
#include "mesh.h"
#include "model/model.h"
#include <dcnn/catalog.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES_MAX = 1 << 30 };

void dcnn_netimport_options_init(dcnn_netimport_options *options)
{
    dcnn_generate_options drawn;

    dcnn_generate_options_init(&drawn);
    *options = (dcnn_netimport_options){.rate_bytes_per_s = drawn.rate_bytes_per_s,
                                        .mix_count = drawn.mix_count,
                                        .mix = drawn.mix,
                                        .cnns = drawn.cnns,
                                        .model_count = drawn.model_count,
                                        .models = drawn.models,
                                        .layers_per_unit = drawn.layers_per_unit,
                                        .seed = drawn.seed};
}

static bool is_cnn(const char *name)
{
    int count;
    const dcnn_cnn_entry *entries = dcnn_catalog_cnns(&count);

    for (int n = 0; n < count; n++)
        if (strcmp(entries[n].name, name) == 0) return true;
    return false;
}

static dcnn_status check_names(const dcnn_netimport_options *options, dcnn_error *err)
{
    for (int t = 0; t < options->mix_count; t++)
        if (!dcnn_catalog_unit_type(options->mix[t].type))
            return dcnn_fail(err, DCNN_E_ARGUMENT, "mix", "\"%.200s\" is not a unit type of the catalogue",
                             options->mix[t].type);
    for (int n = 0; n < options->model_count; n++)
        if (!is_cnn(options->models[n]))
            return dcnn_fail(err, DCNN_E_ARGUMENT, "models", "\"%.200s\" is not a CNN of the catalogue",
                             options->models[n]);
    return DCNN_OK;
}

/* Most options mean what they mean when a system is drawn, and have the same ranges. */
static dcnn_status check_options(const dcnn_netimport_options *options, dcnn_error *err)
{
    dcnn_generate_options drawn;
    dcnn_status status;

    dcnn_generate_options_init(&drawn);
    drawn.rate_bytes_per_s = options->rate_bytes_per_s;
    drawn.mix_count = options->mix_count;
    drawn.mix = options->mix;
    drawn.cnns = options->cnns;
    drawn.model_count = options->model_count;
    drawn.models = options->models;
    drawn.layers_per_unit = options->layers_per_unit;
    if (!(options->missing_quality >= 0 && options->missing_quality <= 1))
        return dcnn_fail(err, DCNN_E_ARGUMENT, "missing_quality", "expected a number in [0, 1], found %g",
                         options->missing_quality);
    if ((status = dcnn_generate_check(&drawn, err))) return status;
    return check_names(options, err);
}

/* --- sources --- */

/* Nodes in an order drawn at random, over and over where there are more CNNs than nodes. */
static dcnn_status draw_sources(int *source_of, int cnns, int nodes, dcnn_rng *rng)
{
    int *order = dcnn_take((size_t)nodes, sizeof *order);

    if (!order) return DCNN_E_MEMORY;
    for (int i = 0; i < nodes; i++) order[i] = i;
    for (int i = nodes - 1; i > 0; i--) {
        int k = (int)dcnn_rng_below(rng, (uint64_t)i + 1), swapped = order[i];
        order[i] = order[k];
        order[k] = swapped;
    }
    for (int c = 0; c < cnns; c++) source_of[c] = order[c % nodes];
    free(order);
    return DCNN_OK;
}

static dcnn_status find_sources(int *source_of, const dcnn_scenario *scenario, const dcnn_netimport_options *options,
                                dcnn_error *err)
{
    for (int c = 0; c < options->cnns; c++) {
        const char *id = options->sources[c % options->source_count];
        source_of[c] =
            c < options->source_count ? dcnn_scenario_place(scenario, id) : source_of[c - options->source_count];
        if (source_of[c] < 0)
            return dcnn_fail(err, DCNN_E_ARGUMENT, "sources", "\"%.200s\" is not a node that is kept", id);
    }
    return DCNN_OK;
}

static dcnn_status add_cnns(dcnn_scenario *scenario, const dcnn_netimport_options *options, dcnn_rng *rng,
                            dcnn_error *err)
{
    int *source_of = dcnn_take((size_t)options->cnns, sizeof *source_of);
    dcnn_status status = DCNN_OK;

    scenario->cnns = dcnn_pool_take(scenario->pool, (size_t)options->cnns, sizeof *scenario->cnns);
    if (!source_of || !scenario->cnns) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    scenario->cnn_count = options->cnns;
    if (options->source_count > 0)
        status = find_sources(source_of, scenario, options, err);
    else if (draw_sources(source_of, options->cnns, scenario->place_count, rng))
        status = dcnn_fail_memory(err);
    if (status) goto done;
    status = dcnn_generate_cnns(scenario, options->models, options->model_count, source_of, err);
done:
    free(source_of);
    return status;
}

/* --- the file --- */

/* The name of a file without folders and the last extension. */
static char *name_of(const char *path, dcnn_pool *pool)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);

    return dcnn_pool_bytes(pool, name, length);
}

static dcnn_status read_mesh(dcnn_mesh *mesh, dcnn_buf *text, dcnn_error *err)
{
    dcnn_status status;
    char first;

    dcnn_buf_add(text, "", 0); /* a text of no bytes has its terminator too */
    if (text->failed || dcnn_mesh_init(mesh, text->data, text->size, mesh->file)) return dcnn_fail_memory(err);
    first = text->data[strspn(text->data, " \t\r\n")];
    if (first == '{' || first == '[')
        status = dcnn_mesh_read_json(mesh, text, err);
    else if (first == '<')
        status = dcnn_mesh_read_graphml(mesh, text, err);
    else
        status = dcnn_mesh_read_csv(mesh, text, err);
    if (status || mesh->node_count > 0) return status;
    return dcnn_fail(err, DCNN_E_VALUE, mesh->file, "expected at least one node, found none");
}

/* Takes the text over. */
static dcnn_status import(dcnn_scenario **out, dcnn_netimport_summary *summary, dcnn_buf *text, const char *name,
                          const dcnn_netimport_options *options, dcnn_error *err)
{
    const dcnn_deal deal = {.count = options->mix_count, .mix = options->mix};
    dcnn_mesh mesh = {.file = name};
    dcnn_scenario *scenario = NULL;
    dcnn_status status;
    dcnn_rng rng;

    *summary = (dcnn_netimport_summary){0};
    if ((status = read_mesh(&mesh, text, err))) goto done;
    scenario = dcnn_scenario_new();
    if (!scenario || !(scenario->name = name_of(name, scenario->pool))) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    dcnn_rng_seed(&rng, options->seed);
    if ((status = dcnn_mesh_build(scenario, summary, &mesh, options, err))) goto done;
    if ((status = dcnn_generate_units(scenario, &deal, &rng, err))) goto done;
    if ((status = add_cnns(scenario, options, &rng, err))) goto done;
    *out = scenario;
    scenario = NULL;
done:
    dcnn_scenario_free(scenario);
    dcnn_mesh_clear(&mesh);
    dcnn_buf_clear(text);
    return status;
}

dcnn_status dcnn_netimport_parse(dcnn_scenario **out, dcnn_netimport_summary *summary, const char *text, size_t size,
                                 const char *name, const dcnn_netimport_options *options, dcnn_error *err)
{
    dcnn_buf copy = {0};
    dcnn_status status;

    *out = NULL;
    if ((status = check_options(options, err))) return status;
    dcnn_buf_add(&copy, text, size);
    return import(out, summary, &copy, name, options, err);
}

dcnn_status dcnn_netimport(dcnn_scenario **out, dcnn_netimport_summary *summary, const char *path,
                           const dcnn_netimport_options *options, dcnn_error *err)
{
    dcnn_buf text = {0};
    dcnn_status status;

    *out = NULL;
    if ((status = check_options(options, err))) return status;
    if ((status = dcnn_file_load(&text, path, FILE_BYTES_MAX, err))) return status;
    return import(out, summary, &text, strcmp(path, "-") == 0 ? "standard input" : path, options, err);
}
