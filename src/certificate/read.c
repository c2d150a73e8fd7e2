/* Reading a certificate against its scenario: every number is one of something the scenario has, and the nodes of a
 * part are a tree. Whether it proves anything is for dcnn_check_certificate to say. */
#include "certificate_new.h"
#include "placement/words.h"
#include "text/json.h"
#include "words.h"
#include <limits.h>
#include <string.h>

enum { FILE_BYTES_MAX = 1 << 30, TICK_BITS_MAX = 16, PRICE_BITS_MAX = 62 };

/* Prices, floors and the sums that a part speaks of. */
static const int64_t figure_max = (int64_t)1 << 62;

typedef struct {
    dcnn_json json;
    const dcnn_scenario *scenario;
    dcnn_certificate *certificate;
} reader;

static void *take(reader *r, uint32_t count, size_t size)
{
    void *list = dcnn_pool_take(r->certificate->pool, count, size);

    if (!list) dcnn_json_lost_memory(&r->json);
    return list;
}

/* Number of one of `count` things, 0 after reporting a fault. */
static int read_number(reader *r, const dcnn_json_value *value, int count)
{
    int64_t number = 0;

    if (value && count == 0)
        dcnn_json_fault(&r->json, value, "the scenario has none of these");
    else
        (void)dcnn_json_whole(&r->json, value, 0, count - 1, &number);
    return (int)number;
}

/* --- rows and prices --- */

/* The elements of an array one after the other. */
typedef const dcnn_json_value *cursor;

static const dcnn_json_value *next(cursor *at)
{
    const dcnn_json_value *element = *at;

    *at = element->next;
    return element;
}

static void read_member(reader *r, cursor *at, dcnn_row_name *row)
{
    const dcnn_scenario *s = r->scenario;
    int64_t member = 1;

    row->group = read_number(r, next(at), s->shared_group_count);
    if (s->shared_group_count == 0) return;
    (void)dcnn_json_whole(&r->json, next(at), 1, s->shared_groups[row->group].member_count - 1, &member);
    row->member = (int)member;
}

/* Reads the name of a row from the head of an array that shall have `more` elements besides; *at is what follows it.
 * False, after a fault, where that is not known. */
static bool read_row(reader *r, const dcnn_json_value *value, uint32_t more, dcnn_row_name *row, cursor *at)
{
    static const uint32_t lengths[DCNN_PRICE_KIND_COUNT] = {
        [DCNN_PRICE_LAYERS] = 2, [DCNN_PRICE_MEMORY] = 3, [DCNN_PRICE_OPS] = 2, [DCNN_PRICE_SHARED] = 4};
    int kind;

    if (!dcnn_json_array(&r->json, value, 2)) return false;
    *at = value->as.first;
    if (!dcnn_json_choice(&r->json, next(at), dcnn_price_words, DCNN_PRICE_KIND_COUNT, &kind)) return false;
    if (value->count != lengths[kind] + more) {
        dcnn_json_fault(&r->json, value, "expected %u elements, found %u", (unsigned)(lengths[kind] + more),
                        (unsigned)value->count);
        return false;
    }
    *row = (dcnn_row_name){.kind = (dcnn_price_kind)kind, .divisor = 1};
    if (kind == DCNN_PRICE_SHARED) read_member(r, at, row);
    if (kind == DCNN_PRICE_SHARED && r->scenario->shared_group_count == 0) return false;
    row->unit = read_number(r, next(at), r->scenario->unit_count);
    if (kind == DCNN_PRICE_MEMORY) (void)dcnn_json_whole(&r->json, next(at), 1, DCNN_COUNT_MAX, &row->divisor);
    return true;
}

static void read_price(reader *r, const dcnn_json_value *value, dcnn_row_price *price)
{
    int64_t bits = 0;
    cursor at;

    if (!read_row(r, value, 2, &price->row, &at)) return;
    (void)dcnn_json_whole(&r->json, next(&at), price->row.kind == DCNN_PRICE_SHARED ? -figure_max : 0, figure_max,
                          &price->price);
    (void)dcnn_json_whole(&r->json, next(&at), 0, PRICE_BITS_MAX, &bits);
    price->bits = (int)bits;
}

static void read_prices(reader *r, const dcnn_json_value *value, dcnn_price_set *set)
{
    if (!dcnn_json_array(&r->json, value, 0)) return;
    set->prices = take(r, value->count, sizeof *set->prices);
    if (!set->prices) return;
    for (const dcnn_json_value *price = value->as.first; price; price = price->next)
        read_price(r, price, &set->prices[set->price_count++]);
}

/* --- cuts and floors --- */

/* A row of a unit: the only kind that cuts and contests speak of. */
static void read_unit_row(reader *r, const dcnn_json_value *value, dcnn_row_name *row)
{
    cursor at;

    if (read_row(r, value, 0, row, &at) && row->kind == DCNN_PRICE_SHARED)
        dcnn_json_fault(&r->json, value, "rows of shared groups have no place here");
}

static void read_cut(reader *r, const dcnn_json_value *value, dcnn_cut_price *cut)
{
    const dcnn_json_value *cnns, *rows;
    dcnn_json_object object;
    int64_t divisor = 2;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    (void)dcnn_json_whole(&r->json, dcnn_json_need(&object, "price"), 0, figure_max, &cut->price);
    (void)dcnn_json_whole(&r->json, dcnn_json_get(&object, "divisor"), 1, INT_MAX, &divisor);
    cut->divisor = (int)divisor;
    cnns = dcnn_json_need(&object, "cnns");
    rows = dcnn_json_need(&object, "rows");
    dcnn_json_leave(&object);
    if (!dcnn_json_array(&r->json, cnns, 0) || !dcnn_json_array(&r->json, rows, 0)) return;
    cut->cnns = take(r, cnns->count, sizeof *cut->cnns);
    cut->rows = take(r, rows->count, sizeof *cut->rows);
    if (!cut->cnns || !cut->rows) return;
    for (const dcnn_json_value *cnn = cnns->as.first; cnn; cnn = cnn->next)
        cut->cnns[cut->cnn_count++] = read_number(r, cnn, r->scenario->cnn_count);
    for (const dcnn_json_value *row = rows->as.first; row; row = row->next)
        read_unit_row(r, row, &cut->rows[cut->row_count++]);
}

static void read_cuts(reader *r, const dcnn_json_value *value, dcnn_price_set *set)
{
    if (!value || !dcnn_json_objects(&r->json, value, 0)) return;
    set->cuts = take(r, value->count, sizeof *set->cuts);
    if (!set->cuts) return;
    for (const dcnn_json_value *cut = value->as.first; cut; cut = cut->next)
        read_cut(r, cut, &set->cuts[set->cut_count++]);
}

static void read_floors(reader *r, const dcnn_json_value *value, dcnn_price_set *step)
{
    int c = 0;

    if (!value || !dcnn_json_array(&r->json, value, 0)) return;
    if (value->count != (uint32_t)r->scenario->cnn_count) {
        dcnn_json_fault(&r->json, value, "expected a floor for each of %d CNNs, found %u", r->scenario->cnn_count,
                        (unsigned)value->count);
        return;
    }
    step->floors = take(r, value->count, sizeof *step->floors);
    if (!step->floors) return;
    for (const dcnn_json_value *floor = value->as.first; floor; floor = floor->next)
        (void)dcnn_json_whole(&r->json, floor, -figure_max, figure_max, &step->floors[c++]);
}

/* --- nodes --- */

static void read_step(reader *r, const dcnn_json_value *value, dcnn_price_set *step)
{
    dcnn_json_object object;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    read_prices(r, dcnn_json_need(&object, "prices"), step);
    read_floors(r, dcnn_json_get(&object, "floors"), step);
    dcnn_json_leave(&object);
}

static void read_steps(reader *r, const dcnn_json_value *value, dcnn_proof_node *node)
{
    if (!value || !dcnn_json_objects(&r->json, value, 0)) return;
    node->steps = take(r, value->count, sizeof *node->steps);
    if (!node->steps) return;
    for (const dcnn_json_value *step = value->as.first; step; step = step->next)
        read_step(r, step, &node->steps[node->step_count++]);
}

static void read_split(reader *r, const dcnn_json_value *value, dcnn_proof_node *node)
{
    const dcnn_json_value *layer;
    dcnn_json_object object;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    node->kind = DCNN_NODE_SPLIT;
    node->cnn = read_number(r, dcnn_json_need(&object, "cnn"), r->scenario->cnn_count);
    layer = dcnn_json_get(&object, "layer");
    if (layer) node->layer = read_number(r, layer, r->scenario->cnns[node->cnn].layer_count);
    node->unit = read_number(r, dcnn_json_need(&object, "unit"), r->scenario->unit_count);
    dcnn_json_leave(&object);
}

static void read_set(reader *r, const dcnn_json_value *value, dcnn_price_set *set)
{
    dcnn_json_object object;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    read_prices(r, dcnn_json_need(&object, "prices"), set);
    read_cuts(r, dcnn_json_get(&object, "cuts"), set);
    dcnn_json_leave(&object);
}

static void read_then(reader *r, const dcnn_json_value *value, dcnn_proof_node *node)
{
    if (!value || !dcnn_json_objects(&r->json, value, 0)) return;
    node->then = take(r, value->count, sizeof *node->then);
    if (!node->then) return;
    for (const dcnn_json_value *set = value->as.first; set; set = set->next)
        read_set(r, set, &node->then[node->then_count++]);
}

/* Rows of all stages, one after the other. */
static void read_contested_rows(reader *r, const dcnn_json_value *stages, dcnn_proof_node *node)
{
    for (const dcnn_json_value *stage = stages->as.first; stage; stage = stage->next) {
        node->stages[node->stage_count++] = (int)stage->count;
        for (const dcnn_json_value *row = stage->as.first; row; row = row->next)
            read_unit_row(r, row, &node->contested[node->contested_count++]);
    }
}

static void read_contested(reader *r, const dcnn_json_value *value, dcnn_proof_node *node)
{
    uint32_t count = 0;

    if (!value || !dcnn_json_array(&r->json, value, 0)) return;
    for (const dcnn_json_value *stage = value->as.first; stage; stage = stage->next) {
        if (!dcnn_json_array(&r->json, stage, 1)) return;
        count += stage->count;
    }
    node->stages = take(r, value->count, sizeof *node->stages);
    node->contested = take(r, count, sizeof *node->contested);
    if (node->stages && node->contested) read_contested_rows(r, value, node);
}

static void read_listed(reader *r, const dcnn_json_value *value, dcnn_proof_node *node)
{
    dcnn_json_object object;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    node->kind = DCNN_NODE_LISTED;
    read_prices(r, dcnn_json_need(&object, "prices"), &node->listed);
    read_cuts(r, dcnn_json_get(&object, "cuts"), &node->listed);
    read_contested(r, dcnn_json_get(&object, "contested"), node);
    read_then(r, dcnn_json_get(&object, "then"), node);
    dcnn_json_leave(&object);
}

static void read_node(reader *r, const dcnn_json_value *value, dcnn_proof_node *node)
{
    const dcnn_json_value *split, *listed;
    dcnn_json_object object;

    node->kind = DCNN_NODE_CLOSED;
    node->layer = -1;
    if (!dcnn_json_enter(&r->json, value, &object)) return;
    read_steps(r, dcnn_json_get(&object, "steps"), node);
    split = dcnn_json_get(&object, "split");
    listed = dcnn_json_get(&object, "listed");
    if (split && listed) dcnn_json_fault(&r->json, value, "a node is split or listed, not both");
    if (split) read_split(r, split, node);
    if (listed) read_listed(r, listed, node);
    dcnn_json_leave(&object);
}

/* --- parts --- */

/* Every split is followed by two nodes, each with all that follows from it; there is one first node. */
static void read_nodes(reader *r, const dcnn_json_value *value, dcnn_proof_part *part)
{
    int64_t open = 1; /* nodes that are still to come */

    if (!dcnn_json_objects(&r->json, value, 1)) return;
    part->nodes = take(r, value->count, sizeof *part->nodes);
    if (!part->nodes) return;
    for (const dcnn_json_value *node = value->as.first; node; node = node->next) {
        if (open == 0) {
            dcnn_json_fault(&r->json, node, "a node beyond the last that the splits call for");
            return;
        }
        read_node(r, node, &part->nodes[part->node_count]);
        open += part->nodes[part->node_count++].kind == DCNN_NODE_SPLIT ? 1 : -1;
    }
    if (open > 0) dcnn_json_fault(&r->json, value, "nodes are missing: the splits call for %lld more", (long long)open);
}

static void read_part(reader *r, const dcnn_json_value *value, dcnn_proof_part *part)
{
    dcnn_json_object object;

    part->cap_ns = DCNN_NEVER;
    if (!dcnn_json_enter(&r->json, value, &object)) return;
    (void)dcnn_json_whole(&r->json, dcnn_json_get(&object, "cap_ns"), 0, figure_max, &part->cap_ns);
    (void)dcnn_json_whole(&r->json, dcnn_json_need(&object, "below_ns"), 0, figure_max, &part->below_ns);
    read_nodes(r, dcnn_json_need(&object, "nodes"), part);
    dcnn_json_leave(&object);
}

static void read_parts(reader *r, const dcnn_json_value *value)
{
    if (!dcnn_json_objects(&r->json, value, 0)) return;
    r->certificate->parts = take(r, value->count, sizeof *r->certificate->parts);
    if (!r->certificate->parts) return;
    for (const dcnn_json_value *part = value->as.first; part; part = part->next)
        read_part(r, part, &r->certificate->parts[r->certificate->part_count++]);
}

/* --- the file --- */

static void read_sha256(reader *r, const dcnn_json_value *value)
{
    const char *text;

    if (!dcnn_json_text(&r->json, value, &text)) return;
    if (strlen(text) != 64 || strspn(text, "0123456789abcdef") != 64)
        dcnn_json_expected(&r->json, value, "64 hexadecimal digits");
    else
        memcpy(r->certificate->sha256, text, sizeof r->certificate->sha256);
}

static void read_root(reader *r)
{
    dcnn_certificate *certificate = r->certificate;
    dcnn_json_object root;
    int64_t tick_bits = 0;
    int objective = 0;

    if (!dcnn_json_enter(&r->json, r->json.root, &root) || !dcnn_json_kind(&root, "certificate")) return;
    certificate->sha256[0] = 0;
    read_sha256(r, dcnn_json_get(&root, "scenario_sha256"));
    (void)dcnn_json_choice(&r->json, dcnn_json_need(&root, "objective"), dcnn_objective_words, DCNN_OBJECTIVE_COUNT,
                           &objective);
    (void)dcnn_json_whole(&r->json, dcnn_json_get(&root, "bound_ns"), 0, DCNN_COUNT_MAX, &certificate->bound_ns);
    (void)dcnn_json_whole(&r->json, dcnn_json_need(&root, "tick_bits"), 0, TICK_BITS_MAX, &tick_bits);
    certificate->objective = (dcnn_objective)objective;
    certificate->tick_bits = (int)tick_bits;
    read_parts(r, dcnn_json_need(&root, "parts"));
    dcnn_json_leave(&root);
}

dcnn_status dcnn_certificate_read(dcnn_certificate **out, const dcnn_scenario *scenario, const char *path,
                                  dcnn_fault_fn on_fault, void *user, dcnn_error *err)
{
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    reader r = {.scenario = scenario};
    dcnn_buf text = {0};
    dcnn_status status;

    *out = NULL;
    if ((status = dcnn_file_load(&text, path, FILE_BYTES_MAX, err))) goto done;
    r.certificate = dcnn_certificate_new(scenario, DCNN_NEVER, 0);
    if (!r.certificate) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    if (!dcnn_json_open(&r.json, &text, name, on_fault, user, err)) read_root(&r);
    status = r.json.status;
    dcnn_json_close(&r.json);
    if (status) goto done;
    *out = r.certificate;
    r.certificate = NULL;
done:
    dcnn_certificate_free(r.certificate);
    dcnn_buf_clear(&text);
    return status;
}
