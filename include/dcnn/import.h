/* import.h - a trained model file (ONNX) in, a chain of layers with their memory, operations and messages out.
 *
 *     dcnn_model_options options;  dcnn_model_options_init(&options);  options.level = DCNN_LEVEL_STAGE;
 *     dcnn_model_profile(&model, "net.onnx", &options, on_fault, user, &err);
 *     ... model->profile.layers[j] ...
 *     dcnn_model_free(model);
 *
 * The file is mapped, not loaded: weights are never read (unless fingerprints are asked for). How shapes, operations,
 * memory and cut points are derived is told in docs/models.md. Thread-safe. */
#ifndef DCNN_IMPORT_H
#define DCNN_IMPORT_H

#include <dcnn/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How finely a model is cut into layers. Nothing is ever cut where more than max_cut_tensors tensors cross. */
typedef enum {
    DCNN_LEVEL_NODE,  /* at every place the graph allows */
    DCNN_LEVEL_BLOCK, /* one layer for each piece with weights: what only reshapes, activates or pools joins it */
    DCNN_LEVEL_STAGE  /* one layer for each spatial resolution, and one for each dense layer */
} dcnn_cut_level;

/* What counts as an operation besides the multiplications of convolutions and matrix products. */
enum {
    DCNN_COUNT_POOL = 1, /* pooling: one for each element of each window */
    DCNN_COUNT_ADD = 2,  /* element-wise additions and subtractions: one for each element */
    DCNN_COUNT_MUL = 4   /* element-wise multiplications, divisions and normalisations: one for each element */
};

/* The confidence that decides where none is given. */
#define DCNN_EXIT_THRESHOLD 0.5

/* An output of the model at which some inputs are decided. */
typedef struct {
    const char *output;
    double probability; /* among all inputs, in [0, 1] */
} dcnn_model_exit;

typedef struct {
    dcnn_cut_level level;
    int max_blocks;      /* most layers wanted: those are merged where least is lost; 0 = as many as the level gives */
    int max_cut_tensors; /* most tensors that may cross a cut; >= 1 */
    unsigned count;      /* DCNN_COUNT_... flags */
    bool count_activations; /* add each layer's peak activation to its memory_bytes */
    bool fingerprints;      /* fill in the blocks' fingerprints: reads every weight once */

    /* Shapes of inputs: "NAME=1x3x224x224", or "1x3x224x224" where the model has one input. Needed where the file
     * leaves a size open (an open first size is taken as 1), allowed anywhere. */
    int input_shape_count;
    const char *const *input_shapes;

    /* What to make of operators the importer does not know, and of nodes whose shapes depend on data: "NAME" (an
     * operator or a node) has outputs of the shape and type of its first input; "NAME=1x64x28x28" of the shape given.
     * Neither costs operations. What can be worked out is not assumed. */
    int assumption_count;
    const char *const *assumptions;

    /* Cut exactly after these tensors (each must be a place where a cut is allowed); empty = as level says. */
    int cut_count;
    const char *const *cuts;

    /* Tensors that are wanted as results, outputs of the model or not; empty = all outputs that are no exits. What
     * only other outputs need is left out. */
    int result_count;
    const char *const *results;

    /* Outputs that are early exits. All other outputs are results of the last layer. Either probabilities, or a CSV
     * file with one column for each exit (the header names the outputs) and one row of confidences for each measured
     * input: the exit is taken by the first one whose confidence reaches the threshold. */
    int exit_count;
    const dcnn_model_exit *exits;
    const char *exit_csv;  /* NULL = none */
    double exit_threshold; /* DCNN_EXIT_THRESHOLD by default */
} dcnn_model_options;

typedef struct {
    char *name;
    char *type;    /* "float32", "uint8", ... */
    int rank;      /* 0 for a scalar */
    int64_t *dims; /* [rank] */
    int64_t bytes;
} dcnn_model_tensor;

/* What lies behind layer j of the profile. */
typedef struct {
    int node_count;
    int64_t parameter_count; /* elements of its weights; weights used by several blocks count in each */
    int64_t weight_bytes;
    int64_t activation_bytes; /* largest sum of the tensors alive at once while it runs, inputs and outputs included */
    int tensor_count;         /* tensors it hands on; of the last block, the model's results */
    dcnn_model_tensor *tensors; /* [tensor_count] */
    char *exit;                 /* output by which decisions leave it; NULL = no exit */
    char fingerprint[65];       /* of operators, shapes and weights of blocks 0 .. j; "" unless asked for: where two
                                 * models agree in block j's, they agree in all of their first j + 1 blocks */
} dcnn_model_block;

/* How often an operator occurs and what it adds up to. */
typedef struct {
    char *name; /* "Conv" */
    int node_count;
    int64_t parameter_count;
    int64_t ops;
} dcnn_model_operator;

typedef struct {
    dcnn_profile profile;     /* borrowed from the model: copy what you keep; never dcnn_profile_free it */
    dcnn_model_block *blocks; /* [profile.layer_count] */
    int node_count;
    int64_t parameter_count; /* every weight once */
    int64_t weight_bytes;
    int64_t ops;
    int64_t activation_bytes; /* largest of the blocks' */
    int input_count, output_count;
    dcnn_model_tensor *inputs, *outputs;
    int operator_count;
    dcnn_model_operator *operators; /* in order of first occurrence */
    struct dcnn_pool *pool;         /* owner of all memory above */
} dcnn_model;

/* Defaults: level block, one crossing tensor, pooling and additions free, no exits. */
void dcnn_model_options_init(dcnn_model_options *options);

/* Reads a model file and cuts it into a chain.
 *
 * out       out: free with dcnn_model_free; NULL on failure
 * path      an ONNX file (operator sets 7 to 21), "-" is standard input; weights in external files must lie in its
 * folder on_fault  called for every fault found (may be NULL): all unknown operators are named, not just the first
 *
 * Errors: DCNN_E_IO, DCNN_E_SYNTAX (not an ONNX file, or damaged), DCNN_E_VALUE (a cycle, an unknown operator, a shape
 * that does not fit or is open, a count beyond DCNN_COUNT_MAX, an unknown name in the options), DCNN_E_ARGUMENT (an
 * option out of range), DCNN_E_MEMORY. err->where names file and node.
 * Time linear in nodes, apart from sorting; memory linear in nodes, whatever the weights. */
dcnn_status dcnn_model_profile(dcnn_model **out, const char *path, const dcnn_model_options *options,
                               dcnn_fault_fn on_fault, void *user, dcnn_error *err);

/* Accepts NULL. */
void dcnn_model_free(dcnn_model *model);

/* "node" (or "layer", which means the same), "block" or "stage" as a level; false for any other text. */
bool dcnn_cut_level_parse(const char *text, dcnn_cut_level *level);

#ifdef __cplusplus
}
#endif
#endif
