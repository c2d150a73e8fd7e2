/* certificate.h - what proves a bound, in integers: prices and the cases they are applied to.
 * docs/certificate-format.md tells what each part means and why it holds.
 *
 *     dcnn_solver_certify(solver, &certificate, &err);             after a run
 *     dcnn_certificate_write(certificate, "proof.json", &err);
 *     dcnn_certificate_read(&certificate, scenario, "proof.json", NULL, NULL, &err);
 *     dcnn_check_certificate(scenario, placement, certificate, on_violation, user, &violations, &err);
 *     dcnn_certificate_free(certificate); */
#ifndef DCNN_CERTIFICATE_H
#define DCNN_CERTIFICATE_H

#include <dcnn/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { DCNN_PRICE_LAYERS, DCNN_PRICE_MEMORY, DCNN_PRICE_OPS, DCNN_PRICE_SHARED } dcnn_price_kind;

/* A row that couples CNNs: what a unit offers, or that a member of a shared group sits where its first member does. */
typedef struct {
    dcnn_price_kind kind;
    int unit;
    int64_t divisor;   /* MEMORY: >= 1; else 1 */
    int group, member; /* SHARED: member >= 1; else 0 */
} dcnn_row_name;

/* price / 2^bits ticks for each layer, byte / divisor, operation. */
typedef struct {
    dcnn_row_name row;
    int64_t price; /* >= 0 but for SHARED */
    int bits;      /* 0 .. 62 */
} dcnn_row_price;

/* The sum of rows, divided and rounded down; a row counts as often as it is there. */
typedef struct {
    int64_t price; /* ticks, >= 0 */
    int divisor;   /* >= 1 */
    int *cnns;     /* [cnn_count] one column of each of these CNNs */
    int cnn_count;
    dcnn_row_name *rows; /* [row_count] not SHARED */
    int row_count;
} dcnn_cut_price;

typedef struct {
    dcnn_row_price *prices; /* [price_count] */
    int price_count;
    dcnn_cut_price *cuts; /* [cut_count] of a list only */
    int cut_count;
    int64_t *floors; /* [cnn_count of the certificate] ticks, of a step only; NULL = none */
} dcnn_price_set;

typedef enum { DCNN_NODE_CLOSED, DCNN_NODE_SPLIT, DCNN_NODE_LISTED } dcnn_node_kind;

typedef struct {
    dcnn_price_set *steps; /* [step_count] */
    int step_count;
    dcnn_node_kind kind;
    int cnn, layer, unit;     /* SPLIT; layer -1 = the unit belongs to the CNN */
    dcnn_price_set listed;    /* LISTED */
    dcnn_row_name *contested; /* [contested_count] LISTED: rows that are shared out first, stage by stage; not SHARED */
    int contested_count;
    int *stages; /* [stage_count] how many rows each stage adds, >= 1 */
    int stage_count;
    dcnn_price_set *then; /* [then_count] LISTED: what is then dropped of the list, one set after the other */
    int then_count;
} dcnn_proof_node;

typedef struct {
    int64_t cap_ns; /* of every CNN's weighted latency; DCNN_NEVER = none */
    int64_t below_ns;
    dcnn_proof_node *nodes; /* [node_count] in preorder: after a split the case where it holds, then the other */
    int node_count;
} dcnn_proof_part;

typedef struct {
    char sha256[65]; /* of the scenario; "" = not told */
    dcnn_objective objective;
    int64_t bound_ns; /* DCNN_NEVER = there is no placement */
    int tick_bits;    /* 0 .. 16 */
    int cnn_count;    /* of the scenario */
    dcnn_proof_part *parts;
    int part_count;
    struct dcnn_pool *pool; /* owns all arrays */
} dcnn_certificate;

/* Reads a certificate of the scenario: numbers of units, CNNs, layers, groups within what it has, the nodes a tree.
 * Every fault is told. path "-" = standard input. Free with dcnn_certificate_free. DCNN_E_IO, _SYNTAX, _VALUE, _MEMORY.
 */
dcnn_status dcnn_certificate_read(dcnn_certificate **out, const dcnn_scenario *scenario, const char *path,
                                  dcnn_fault_fn on_fault, void *user, dcnn_error *err);

/* Writes it, whole or not at all; "-" = standard output. DCNN_E_IO, DCNN_E_MEMORY. */
dcnn_status dcnn_certificate_write(const dcnn_certificate *certificate, const char *path, dcnn_error *err);

/* Accepts NULL. */
void dcnn_certificate_free(dcnn_certificate *certificate);

#ifdef __cplusplus
}
#endif
#endif
