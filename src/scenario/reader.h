/* reader.h - the state shared by the files that read a scenario, one for each part of the format. */
#ifndef DCNN_SCENARIO_READER_H
#define DCNN_SCENARIO_READER_H

#include "names.h"
#include "text/json.h"
#include <dcnn/import.h>
#include <dcnn/scenario.h>

/* What a file may say at most, in base units: far beyond any real system, far within the range of a double. */
#define DCNN_SPEED_MIN    1e-3 /* of units (operations/s) and links (bytes/s) */
#define DCNN_SPEED_MAX    1e18
#define DCNN_DISTANCE_MIN 1e-9
#define DCNN_DISTANCE_MAX 1e9
#define DCNN_SECONDS_MAX  1e6 /* as nanoseconds, read from and written as seconds without loss */
#define DCNN_FACTOR_MAX   1e9 /* weights, retransmissions */
#define DCNN_HOPS_MAX     1000000000

/* What a unit or a type of units can do. */
typedef struct {
    int64_t memory_bytes;
    double ops_per_s;
    int64_t ops_budget;
} dcnn_figures;

/* What a layer from a model file is, to tell whether another one is the same. */
typedef struct {
    dcnn_layer_ref ref;
    char fingerprint[65];
} dcnn_print;

typedef struct {
    dcnn_json json;
    dcnn_scenario *scenario;
    dcnn_names names;
    const char *folder;   /* where model files are looked for; NULL = the working directory */
    int suggestions_left; /* each costs a walk over all names: with thousands of faults they would take for ever */
    dcnn_figures *types;  /* unit_types of the file; their names are in names */
    bool places_known;    /* false: places could not be read, and names of places mean nothing */
    int file_count;       /* different model files, each numbered by the first CNN that names it */
    dcnn_print *prints;   /* of model files, where sharing is looked for */
    size_t print_count, print_room;
    const dcnn_json_value *units, *endpoints; /* arrays the places came from; NULL = none */
} dcnn_reader;

/* --- names (read.c) --- */

/* Reads the "id" or "name" of something, reports one that is empty or taken, and gives it its number. NULL when it has
 * no usable one. */
char *dcnn_read_name(dcnn_reader *r, const dcnn_json_value *value, int space, int number);

/* Number of the place, CNN or layer that a value names, or -1 after reporting it. */
int dcnn_read_place_ref(dcnn_reader *r, const dcnn_json_value *value);
int dcnn_read_cnn_ref(dcnn_reader *r, const dcnn_json_value *value);
int dcnn_read_layer_ref(dcnn_reader *r, const dcnn_json_value *value, int cnn);

/* The same for a layer named by a text found elsewhere, such as a key; at is where to report it. */
int dcnn_find_layer(dcnn_reader *r, const dcnn_json_value *at, int cnn, const char *name);

/* The name in the space nearest to a wrong one, or NULL. */
const char *dcnn_read_suggest(dcnn_reader *r, int space, const char *word);

/* Memory of the scenario, zeroed; NULL after noting that memory is out. */
void *dcnn_read_take(dcnn_reader *r, size_t count, size_t size);

/* --- parts of the file --- */

void dcnn_read_units(dcnn_reader *r, dcnn_json_object *root);   /* read_units.c */
void dcnn_read_network(dcnn_reader *r, dcnn_json_object *root); /* read_network.c */
void dcnn_read_cnns(dcnn_reader *r, dcnn_json_object *root);    /* read_cnns.c */
void dcnn_read_shared(dcnn_reader *r, dcnn_json_object *root);  /* read_shared.c */

/* Room for the layers of a CNN (read_cnns.c). */
bool dcnn_read_take_layers(dcnn_reader *r, dcnn_cnn *cnn, size_t count);

/* The exit probability of layer j of CNN c; value NULL = it has none (read_exits.c). */
void dcnn_read_exit(dcnn_reader *r, const dcnn_json_value *value, int c, int j);

/* p and g of a CNN whose layers are known: given outright, or from its exits. exits is what gives those, or NULL when
 * they are the catalogue's: then p and g may take their place (read_exits.c). */
void dcnn_read_probabilities(dcnn_reader *r, dcnn_json_object *object, int c, const dcnn_json_value *exits);

/* Layers of a CNN from the catalogue (read_model.c) or a model file (read_file.c); return the "exits" beside it, or
 * NULL. */
const dcnn_json_value *dcnn_read_model(dcnn_reader *r, dcnn_json_object *object, int c, const dcnn_json_value *model);
const dcnn_json_value *dcnn_read_file(dcnn_reader *r, dcnn_json_object *object, int c, const dcnn_json_value *file);

/* Where the file of that name is, relative to the scenario (read_file.c). False when memory is out. */
bool dcnn_read_path(const dcnn_reader *r, const char *name, dcnn_buf *path);

/* Options of the importer, and what they point to (read_file_options.c). */
typedef struct {
    dcnn_model_options model;
    const char **input_shapes, **assumptions, **cuts, **results;
    dcnn_model_exit *exits;
    dcnn_buf exit_csv; /* its path */
} dcnn_file_options;

/* Reads the keys beside "file"; returns what gives the exits, or NULL. Clear the options afterwards, whatever happened.
 */
const dcnn_json_value *dcnn_file_options_read(dcnn_reader *r, dcnn_json_object *object, dcnn_file_options *options);
void dcnn_file_options_clear(dcnn_file_options *options);

/* Gives the CNN the layers of a profile (read_model.c). */
void dcnn_read_copy_profile(dcnn_reader *r, int c, const dcnn_profile *profile);

/* Notes which model files the CNNs name; false when memory is out (read_file.c). */
bool dcnn_read_list_files(dcnn_reader *r, const dcnn_json_value *cnns);

/* Pairs of layers from different model files that are one and the same, for dcnn_shared_merge; *refs to be freed.
 * False when memory is out (read_file.c). */
bool dcnn_read_same_layers(const dcnn_reader *r, dcnn_layer_ref **refs, size_t *pair_count);

#endif
