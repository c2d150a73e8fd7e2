/* graph.h - an ONNX model as nodes and tensors, pointing into the mapped file. */
#ifndef DCNN_IMPORT_GRAPH_H
#define DCNN_IMPORT_GRAPH_H

#include "base/base.h"
#include "pbwire.h"
#include <dcnn/import.h>

enum { DCNN_RANK_MAX = 8 };

/* Bytes of the file: neither terminated nor to be trusted. */
typedef struct {
    const char *at;
    size_t size;
} dcnn_name;

typedef struct {
    int rank;
    int64_t dims[DCNN_RANK_MAX];
} dcnn_shape;

/* An element of a constant: i for whole numbers and booleans, f for floating-point types. */
typedef union {
    int64_t i;
    double f;
} dcnn_number;

typedef struct {
    dcnn_name name;
    int producer;         /* node; -1 = input of the model, or stored */
    int type;             /* ONNX element type; 0 = not known (yet) */
    bool known;           /* type and shape are known */
    bool constant;        /* does not depend on the model's inputs */
    bool input, output;   /* of the model */
    bool stored;          /* its elements are in the file (proto) */
    bool external;        /* ... or in another file that proto names */
    dcnn_shape shape;     /* if known */
    dcnn_wire proto;      /* stored: its TensorProto */
    dcnn_number *numbers; /* elements of a small constant, once worked out; or NULL */
    bool unreadable;      /* stored, but its elements were looked for in vain: that may have taken long */
    int64_t bytes;        /* if known */
    int source;           /* constant: the tensor whose elements it has, perhaps in another shape; itself otherwise */
    int64_t weight_count; /* constant: stored elements it is made of */
    int64_t weight_bytes;
} dcnn_tensor;

typedef struct dcnn_operator dcnn_operator;

typedef struct {
    dcnn_name name;
    dcnn_name type;  /* operator, with its domain in front unless that is ONNX's own */
    dcnn_wire proto; /* NodeProto: attributes are looked up in place */
    int first_input; /* index into refs; inputs, then outputs */
    int input_count, output_count;
    const dcnn_operator *op; /* NULL = unknown operator */
    bool constant;           /* worked out before the model runs */
    bool assumed;            /* its outputs are what the user says: nothing is concluded from its operator */
    int64_t ops;             /* operations as asked for */
    bool heavy;              /* multiplies by weights or matrices */
} dcnn_node;

typedef struct {
    const char *file;   /* name for messages */
    const char *folder; /* where external data must lie; NULL = no file system */
    int64_t opset;
    int node_count, tensor_count, ref_count;
    dcnn_node *nodes;
    dcnn_tensor *tensors;
    int *refs; /* tensors of the nodes' inputs and outputs; -1 = left out */
    int input_count, output_count;
    int *inputs, *outputs; /* tensors */
    bool out_of_memory;    /* met while working out numbers: they are missing for want of memory */
    dcnn_pool *pool;       /* owner of all memory above */
} dcnn_graph;

/* Reads the graph of a model; bytes must outlive it. DCNN_E_SYNTAX, DCNN_E_VALUE, DCNN_E_IO (external data),
 * DCNN_E_MEMORY; on failure too the graph must be cleared. */
dcnn_status dcnn_onnx_read(dcnn_graph *graph, const unsigned char *bytes, size_t size, const char *file,
                           const char *folder, dcnn_error *err);
void dcnn_onnx_clear(dcnn_graph *graph);

/* Tensor of that name, or -1. Linear: for the few names a user gives. */
int dcnn_onnx_find(const dcnn_graph *graph, const char *name, size_t size);

/* A node's k-th input or output; NULL where it is left out. */
dcnn_tensor *dcnn_node_input(const dcnn_graph *graph, const dcnn_node *node, int k);
dcnn_tensor *dcnn_node_output(const dcnn_graph *graph, const dcnn_node *node, int k);

/* A failure at a node ("net.onnx: Conv node "conv1""). */
dcnn_status dcnn_node_fail(const dcnn_graph *graph, const dcnn_node *node, dcnn_error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* "net.onnx: node "conv1"" for dcnn_error.where, from the file's name, what it is about, and a label (see below). */
enum { DCNN_WHERE_BYTES = 256 };
void dcnn_where(char where[DCNN_WHERE_BYTES], const char *file, const char *what, const char *label);

bool dcnn_name_is(dcnn_name name, const char *text);

/* A name fit for people and JSON: what is not printable UTF-8 becomes '?', what is longer than 200 bytes is cut.
 * label holds DCNN_LABEL_BYTES. */
enum { DCNN_LABEL_BYTES = 208 };
void dcnn_name_label(dcnn_name name, char *label);

/* A node's name; where it has none, that of its first output. */
void dcnn_node_label(const dcnn_graph *graph, const dcnn_node *node, char *label);

/* --- tensors (tensor.c) --- */

/* Reads type, shape and data bounds of a stored tensor. DCNN_E_SYNTAX, DCNN_E_VALUE, DCNN_E_IO. */
dcnn_status dcnn_tensor_read(const dcnn_graph *graph, dcnn_tensor *tensor, dcnn_wire proto, dcnn_error *err);

/* Gives a tensor its type and shape, and with them its bytes; false when that is beyond DCNN_COUNT_MAX. */
bool dcnn_tensor_set(dcnn_tensor *tensor, int type, const dcnn_shape *shape);

/* Elements of a small constant (at most DCNN_NUMBERS_MAX), or NULL when they are not known. */
enum { DCNN_NUMBERS_MAX = 64 };
const dcnn_number *dcnn_tensor_numbers(dcnn_graph *graph, dcnn_tensor *tensor);

/* A failure at a tensor ("net.onnx: tensor "w1""). */
dcnn_status dcnn_tensor_fail(const dcnn_graph *graph, const dcnn_tensor *tensor, dcnn_error *err, dcnn_status code,
                             const char *text);

int64_t dcnn_shape_count(const dcnn_shape *shape);                      /* elements; saturates at INT64_MAX */
void dcnn_shape_text(const dcnn_shape *shape, char *text, size_t size); /* "1x3x224x224" */

/* Product and sum of counts >= 0, saturating at INT64_MAX. */
int64_t dcnn_count_times(int64_t a, int64_t b);
int64_t dcnn_count_plus(int64_t a, int64_t b);

/* ONNX element types this project computes with by name. */
enum {
    DCNN_TYPE_FLOAT = 1,
    DCNN_TYPE_UINT8 = 2,
    DCNN_TYPE_INT8 = 3,
    DCNN_TYPE_INT32 = 6,
    DCNN_TYPE_INT64 = 7,
    DCNN_TYPE_BOOL = 9,
    DCNN_TYPE_DOUBLE = 11
};
const char *dcnn_type_name(int type); /* "float32"; NULL = no such type */
bool dcnn_type_is_real(int type);     /* elements have a fraction */

/* --- attributes (attribute.c) --- */

bool dcnn_attribute_sound(dcnn_wire proto);
bool dcnn_attribute_has(const dcnn_node *node, const char *name);
int64_t dcnn_attribute_int(const dcnn_node *node, const char *name, int64_t absent);
double dcnn_attribute_real(const dcnn_node *node, const char *name, double absent);
dcnn_name dcnn_attribute_text(const dcnn_node *node, const char *name); /* size 0 = absent */
bool dcnn_attribute_tensor(const dcnn_node *node, const char *name, dcnn_wire *proto);

/* The first max numbers of a list; returns how many the list has, -1 = absent. */
int dcnn_attribute_ints(const dcnn_node *node, const char *name, int64_t *list, int max);
int dcnn_attribute_reals(const dcnn_node *node, const char *name, double *list, int max);

/* --- data outside the model file (external.c) --- */

/* Where the elements of a tensor are when they are not in the model file. */
typedef struct {
    dcnn_buf path;
    int64_t offset;
} dcnn_external;

/* Finds the data of a TensorProto that keeps them elsewhere, bytes long: they must lie in the model's folder, in a file
 * that is long enough. With no folder only the name is checked. Clear place->path afterwards, whatever is returned.
 * DCNN_E_SYNTAX, DCNN_E_VALUE, DCNN_E_IO, DCNN_E_MEMORY. */
dcnn_status dcnn_external_find(const dcnn_graph *graph, const dcnn_tensor *tensor, dcnn_external *place,
                               dcnn_error *err);

#endif
