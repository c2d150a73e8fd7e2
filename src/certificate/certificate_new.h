/* certificate_new.h - an empty certificate, for those who fill one in, piece by piece and in the order of the file:
 *
 *     certificate = dcnn_certificate_new(scenario, bound_ns, tick_bits);
 *     part = dcnn_certificate_add_part(certificate, cap_ns, below_ns);
 *     node = dcnn_certificate_add_node(certificate, part);                in preorder
 *     step = dcnn_certificate_add_step(certificate, node);
 *     dcnn_certificate_add_price(certificate, step, &price);
 *     dcnn_certificate_add_cut(certificate, &node->listed, &cut);         where node->kind is DCNN_NODE_LISTED
 *
 * What is handed out stays where it is until something else is added to the same list. Everything returns NULL or false
 * when memory is out. */
#ifndef DCNN_CERTIFICATE_NEW_H
#define DCNN_CERTIFICATE_NEW_H

#include "base/base.h"
#include <dcnn/certificate.h>

/* A certificate without parts, with the objective and the sha256 of the scenario. */
dcnn_certificate *dcnn_certificate_new(const dcnn_scenario *scenario, int64_t bound_ns, int tick_bits);

/* A part without nodes, a closed node without steps, a step without prices. */
dcnn_proof_part *dcnn_certificate_add_part(dcnn_certificate *certificate, int64_t cap_ns, int64_t below_ns);
dcnn_proof_node *dcnn_certificate_add_node(dcnn_certificate *certificate, dcnn_proof_part *part);
dcnn_price_set *dcnn_certificate_add_step(dcnn_certificate *certificate, dcnn_proof_node *node);

/* A further set, without prices, for what a node lists. */
dcnn_price_set *dcnn_certificate_add_then(dcnn_certificate *certificate, dcnn_proof_node *node);

/* Copies. The set is a step, the `listed` of a node or one that follows it. */
bool dcnn_certificate_add_price(dcnn_certificate *certificate, dcnn_price_set *set, const dcnn_row_price *price);
bool dcnn_certificate_add_cut(dcnn_certificate *certificate, dcnn_price_set *set, const dcnn_cut_price *cut);

/* What a node lists: its rows that are shared out, `stages` of them after one another. */
bool dcnn_certificate_set_contested(dcnn_certificate *certificate, dcnn_proof_node *node, const dcnn_row_name *rows,
                                    const int *stages, int stage_count);

/* floors: one for each CNN of the scenario. */
bool dcnn_certificate_set_floors(dcnn_certificate *certificate, dcnn_price_set *step, const int64_t *floors);

#endif
