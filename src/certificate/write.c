/* Writing a certificate: a node a line, however long, for there are many and nobody reads them. */
#include "certificate_new.h"
#include "placement/words.h"
#include "text/json_write.h"
#include "words.h"

/* The row without its closing bracket: a price has more to say. */
static void begin_row(dcnn_json_writer *json, const dcnn_row_name *row)
{
    dcnn_json_begin(json, NULL, '[', false);
    dcnn_json_put_text(json, NULL, dcnn_price_words[row->kind]);
    if (row->kind == DCNN_PRICE_SHARED) {
        dcnn_json_put_int(json, NULL, row->group);
        dcnn_json_put_int(json, NULL, row->member);
    }
    dcnn_json_put_int(json, NULL, row->unit);
    if (row->kind == DCNN_PRICE_MEMORY) dcnn_json_put_int(json, NULL, row->divisor);
}

static void write_row(dcnn_json_writer *json, const dcnn_row_name *row)
{
    begin_row(json, row);
    dcnn_json_end(json);
}

static void write_prices(dcnn_json_writer *json, const dcnn_price_set *set)
{
    dcnn_json_begin(json, "prices", '[', false);
    for (int k = 0; k < set->price_count; k++) {
        begin_row(json, &set->prices[k].row);
        dcnn_json_put_int(json, NULL, set->prices[k].price);
        dcnn_json_put_int(json, NULL, set->prices[k].bits);
        dcnn_json_end(json);
    }
    dcnn_json_end(json);
}

static void write_cut(dcnn_json_writer *json, const dcnn_cut_price *cut)
{
    dcnn_json_begin(json, NULL, '{', false);
    dcnn_json_put_int(json, "price", cut->price);
    dcnn_json_put_int(json, "divisor", cut->divisor);
    dcnn_json_begin(json, "cnns", '[', false);
    for (int k = 0; k < cut->cnn_count; k++) dcnn_json_put_int(json, NULL, cut->cnns[k]);
    dcnn_json_end(json);
    dcnn_json_begin(json, "rows", '[', false);
    for (int k = 0; k < cut->row_count; k++) write_row(json, &cut->rows[k]);
    dcnn_json_end(json);
    dcnn_json_end(json);
}

static void write_step(dcnn_json_writer *json, const dcnn_price_set *step, int cnn_count)
{
    dcnn_json_begin(json, NULL, '{', false);
    write_prices(json, step);
    if (step->floors) {
        dcnn_json_begin(json, "floors", '[', false);
        for (int c = 0; c < cnn_count; c++) dcnn_json_put_int(json, NULL, step->floors[c]);
        dcnn_json_end(json);
    }
    dcnn_json_end(json);
}

static void write_split(dcnn_json_writer *json, const dcnn_proof_node *node)
{
    dcnn_json_begin(json, "split", '{', false);
    dcnn_json_put_int(json, "cnn", node->cnn);
    if (node->layer >= 0) dcnn_json_put_int(json, "layer", node->layer);
    dcnn_json_put_int(json, "unit", node->unit);
    dcnn_json_end(json);
}

static void write_set(dcnn_json_writer *json, const dcnn_price_set *set)
{
    write_prices(json, set);
    if (set->cut_count > 0) dcnn_json_begin(json, "cuts", '[', false);
    for (int k = 0; k < set->cut_count; k++) write_cut(json, &set->cuts[k]);
    if (set->cut_count > 0) dcnn_json_end(json);
}

static void write_contested(dcnn_json_writer *json, const dcnn_proof_node *node)
{
    const dcnn_row_name *row = node->contested;

    dcnn_json_begin(json, "contested", '[', false);
    for (int k = 0; k < node->stage_count; k++) {
        dcnn_json_begin(json, NULL, '[', false);
        for (int n = 0; n < node->stages[k]; n++) write_row(json, row++);
        dcnn_json_end(json);
    }
    dcnn_json_end(json);
}

static void write_listed(dcnn_json_writer *json, const dcnn_proof_node *node)
{
    dcnn_json_begin(json, "listed", '{', false);
    write_set(json, &node->listed);
    if (node->stage_count > 0) write_contested(json, node);
    if (node->then_count > 0) dcnn_json_begin(json, "then", '[', false);
    for (int k = 0; k < node->then_count; k++) {
        dcnn_json_begin(json, NULL, '{', false);
        write_set(json, &node->then[k]);
        dcnn_json_end(json);
    }
    if (node->then_count > 0) dcnn_json_end(json);
    dcnn_json_end(json);
}

static void write_node(dcnn_json_writer *json, const dcnn_proof_node *node, int cnn_count)
{
    dcnn_json_begin(json, NULL, '{', false);
    dcnn_json_begin(json, "steps", '[', false);
    for (int k = 0; k < node->step_count; k++) write_step(json, &node->steps[k], cnn_count);
    dcnn_json_end(json);
    if (node->kind == DCNN_NODE_SPLIT) write_split(json, node);
    if (node->kind == DCNN_NODE_LISTED) write_listed(json, node);
    dcnn_json_end(json);
}

static void write_part(dcnn_json_writer *json, const dcnn_proof_part *part, int cnn_count)
{
    dcnn_json_begin(json, NULL, '{', true);
    if (part->cap_ns != DCNN_NEVER) dcnn_json_put_int(json, "cap_ns", part->cap_ns);
    dcnn_json_put_int(json, "below_ns", part->below_ns);
    dcnn_json_begin(json, "nodes", '[', true);
    for (int k = 0; k < part->node_count; k++) write_node(json, &part->nodes[k], cnn_count);
    dcnn_json_end(json);
    dcnn_json_end(json);
}

static void write_certificate(dcnn_json_writer *json, const dcnn_certificate *certificate)
{
    dcnn_json_begin(json, NULL, '{', true);
    dcnn_json_put_text(json, "dcnn", "certificate");
    dcnn_json_put_int(json, "version", 1);
    if (certificate->sha256[0]) dcnn_json_put_text(json, "scenario_sha256", certificate->sha256);
    dcnn_json_put_text(json, "objective", dcnn_objective_words[certificate->objective]);
    if (certificate->bound_ns != DCNN_NEVER) dcnn_json_put_int(json, "bound_ns", certificate->bound_ns);
    dcnn_json_put_int(json, "tick_bits", certificate->tick_bits);
    dcnn_json_begin(json, "parts", '[', true);
    for (int k = 0; k < certificate->part_count; k++) write_part(json, &certificate->parts[k], certificate->cnn_count);
    dcnn_json_end(json);
    dcnn_json_end(json);
}

dcnn_status dcnn_certificate_write(const dcnn_certificate *certificate, const char *path, dcnn_error *err)
{
    dcnn_json_writer json = {0};
    dcnn_status status;

    write_certificate(&json, certificate);
    status = json.out.failed ? dcnn_fail_memory(err) : dcnn_file_save(path, json.out.data, json.out.size, err);
    dcnn_buf_clear(&json.out);
    return status;
}
