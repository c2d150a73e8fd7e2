/* CNNs and their layers. */
#include "reader.h"

/* --- layers in place --- */

static void read_layer(dcnn_reader *r, const dcnn_json_value *value, int c, int j)
{
    dcnn_cnn *cnn = &r->scenario->cnns[c];
    dcnn_layer *layer = &cnn->layers[j];
    dcnn_json_object object;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    layer->name = dcnn_read_name(r, dcnn_json_need(&object, "name"), c, j);
    (void)dcnn_json_count(&r->json, dcnn_json_need(&object, "memory_bytes"), DCNN_QUANTITY_BYTES, DCNN_COUNT_MAX,
                          &layer->memory_bytes);
    (void)dcnn_json_count(&r->json, dcnn_json_need(&object, "ops"), DCNN_QUANTITY_OPS, DCNN_COUNT_MAX, &layer->ops);
    (void)dcnn_json_count(&r->json, dcnn_json_need(&object, "output_bytes"), DCNN_QUANTITY_BYTES, DCNN_COUNT_MAX,
                          &layer->output_bytes);
    (void)dcnn_json_count(&r->json, dcnn_json_get(&object, "activation_bytes"), DCNN_QUANTITY_BYTES, DCNN_COUNT_MAX,
                          &layer->activation_bytes);
    dcnn_read_exit(r, dcnn_json_get(&object, "exit_probability"), c, j);
    dcnn_json_leave(&object);
}

static void read_layers(dcnn_reader *r, const dcnn_json_value *layers, int c)
{
    dcnn_cnn *cnn = &r->scenario->cnns[c];
    int j = 0;

    if (!dcnn_json_objects(&r->json, layers, 1) || !dcnn_read_take_layers(r, cnn, layers->count)) return;
    for (const dcnn_json_value *layer = layers->as.first; layer; layer = layer->next) read_layer(r, layer, c, j++);
}

bool dcnn_read_take_layers(dcnn_reader *r, dcnn_cnn *cnn, size_t count)
{
    cnn->layers = dcnn_read_take(r, count, sizeof *cnn->layers);
    cnn->p = dcnn_read_take(r, count, sizeof *cnn->p);
    cnn->g = dcnn_read_take(r, count, sizeof *cnn->g);
    if (!cnn->layers || !cnn->p || !cnn->g) return false;
    cnn->layer_count = (int)count;
    return true;
}

/* --- CNNs --- */

static void read_deadline(dcnn_reader *r, const dcnn_json_value *value, dcnn_cnn *cnn)
{
    double seconds;

    cnn->deadline_ns = DCNN_NEVER;
    if (dcnn_json_quantity(&r->json, value, DCNN_QUANTITY_SECONDS, 0, DCNN_SECONDS_MAX, &seconds))
        cnn->deadline_ns = dcnn_round(seconds * 1e9);
}

/* Source and sink. */
static void read_ends(dcnn_reader *r, dcnn_json_object *object, dcnn_cnn *cnn)
{
    const dcnn_json_value *sink;

    cnn->source = dcnn_read_place_ref(r, dcnn_json_need(object, "source"));
    sink = dcnn_json_get(object, "sink");
    cnn->sink = sink ? dcnn_read_place_ref(r, sink) : cnn->source;
}

/* The layers, from where they come from: in place, the catalogue, or a model file. */
static void read_chain(dcnn_reader *r, dcnn_json_object *object, int c)
{
    const dcnn_json_value *layers = dcnn_json_get(object, "layers"), *model = dcnn_json_get(object, "model");
    const dcnn_json_value *file = dcnn_json_get(object, "file"), *input, *exits = NULL;
    dcnn_cnn *cnn = &r->scenario->cnns[c];
    int origins = (layers != NULL) + (model != NULL) + (file != NULL);

    if (origins != 1)
        dcnn_json_fault(&r->json, object->value,
                        "expected one of the keys \"layers\", \"model\" and \"file\", found %s",
                        origins == 0 ? "none" : "more than one");
    if (layers) read_layers(r, layers, c);
    if (model) exits = dcnn_read_model(r, object, c, model);
    if (file) exits = dcnn_read_file(r, object, c, file);
    input = layers ? dcnn_json_need(object, "input_bytes") : dcnn_json_get(object, "input_bytes");
    (void)dcnn_json_count(&r->json, input, DCNN_QUANTITY_BYTES, DCNN_COUNT_MAX, &cnn->input_bytes);
    dcnn_read_probabilities(r, object, c, layers ? layers : exits);
}

static void read_cnn(dcnn_reader *r, const dcnn_json_value *value, int c)
{
    dcnn_cnn *cnn = &r->scenario->cnns[c];
    dcnn_json_object object;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    cnn->id = dcnn_read_name(r, dcnn_json_need(&object, "id"), DCNN_NAMES_CNNS, c);
    cnn->weight = 1;
    (void)dcnn_json_real(&r->json, dcnn_json_get(&object, "weight"), 0, DCNN_FACTOR_MAX, &cnn->weight);
    read_deadline(r, dcnn_json_get(&object, "deadline_s"), cnn);
    read_ends(r, &object, cnn);
    read_chain(r, &object, c);
    dcnn_json_leave(&object);
}

void dcnn_read_cnns(dcnn_reader *r, dcnn_json_object *root)
{
    const dcnn_json_value *cnns = dcnn_json_need(root, "cnns");
    dcnn_scenario *scenario = r->scenario;
    int c = 0;

    if (!dcnn_json_objects(&r->json, cnns, 1)) return;
    scenario->cnns = dcnn_read_take(r, cnns->count, sizeof *scenario->cnns);
    if (!scenario->cnns) return;
    scenario->cnn_count = (int)cnns->count;
    if (!dcnn_read_list_files(r, cnns)) dcnn_json_lost_memory(&r->json);
    for (const dcnn_json_value *cnn = cnns->as.first; cnn; cnn = cnn->next) read_cnn(r, cnn, c++);
}
