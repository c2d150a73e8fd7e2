#include "tiny.h"

enum { UNITS_MAX = 6, ENDPOINTS_MAX = 3, CNNS_MAX = 4, LAYERS_MAX = 6, EXITS_MAX = 4, SHARED_MAX = 2 };

typedef struct {
    int memory_bytes, ops;
} layer_size;

/* What has been drawn so far and what is written of it. */
typedef struct {
    dcnn_buf *text;
    dcnn_rng rng;
    int unit_count, endpoint_count, cnn_count;
    int layer_count[CNNS_MAX];
    layer_size sizes[CNNS_MAX][LAYERS_MAX];
    int shared_layer[SHARED_MAX][CNNS_MAX]; /* layer of each CNN in the group, or -1 */
    int shared_count;
    layer_size shared_size;
} drawing;

static int below(drawing *d, int n)
{
    return (int)dcnn_rng_below(&d->rng, (uint64_t)n);
}

static bool chance(drawing *d, int percent)
{
    return below(d, 100) < percent;
}

static const char *pick(drawing *d, const char *const *texts, int count)
{
    return texts[below(d, count)];
}

static int place_count(const drawing *d)
{
    return d->unit_count + d->endpoint_count;
}

static void add_place(drawing *d, int place)
{
    if (place < d->unit_count)
        dcnn_buf_format(d->text, "\"u%d\"", place);
    else
        dcnn_buf_format(d->text, "\"e%d\"", place - d->unit_count);
}

/* --- sizes --- */

static int total_layers(const drawing *d)
{
    int total = 0;

    for (int c = 0; c < d->cnn_count; c++) total += d->layer_count[c];
    return total;
}

static int64_t assignments(const drawing *d)
{
    int64_t product = 1;

    for (int row = total_layers(d); row > 0; row--) product *= d->unit_count;
    return product;
}

/* The larger of two draws that are small enough: most draws would have next to nothing to decide. */
static void draw_counts(drawing *d, int64_t assignments_max)
{
    drawing smaller = *d;

    for (int k = 0; k < 2; k++) {
        do {
            d->unit_count = 1 + below(d, UNITS_MAX);
            d->endpoint_count = below(d, ENDPOINTS_MAX + 1);
            d->cnn_count = 1 + below(d, CNNS_MAX);
            for (int c = 0; c < d->cnn_count; c++) d->layer_count[c] = 1 + below(d, LAYERS_MAX);
        } while (assignments(d) > assignments_max);
        if (k == 0) smaller = *d;
    }
    if (assignments(d) < assignments(&smaller)) {
        smaller.rng = d->rng;
        *d = smaller;
    }
}

static void draw_layers(drawing *d)
{
    static const int memory_bytes[] = {0, 1, 2, 2, 3, 5, 8}, ops[] = {0, 1, 2, 5, 10, 10};

    for (int c = 0; c < d->cnn_count; c++)
        for (int j = 0; j < d->layer_count[c]; j++)
            d->sizes[c][j] = (layer_size){memory_bytes[below(d, 7)], ops[below(d, 6)]};
}

/* A layer of CNN c for group s: the second group repeats the first's layer, so that the two merge, or takes another. */
static int member_layer(drawing *d, int s, int c, bool apart)
{
    int first = s > 0 ? d->shared_layer[0][c] : -1;

    if (first < 0) return below(d, d->layer_count[c]);
    return apart ? (first + 1 + below(d, d->layer_count[c] - 1)) % d->layer_count[c] : first;
}

static void draw_group(drawing *d, int s, bool apart)
{
    int skipped = d->cnn_count > 2 && !apart ? below(d, d->cnn_count + 1) : d->cnn_count;
    layer_size size = {1 + below(d, 4), below(d, 10)};

    if (s > 0 && !apart) size = d->shared_size;
    d->shared_size = size;
    for (int c = 0; c < d->cnn_count; c++) {
        d->shared_layer[s][c] = -1;
        if (c == skipped) continue;
        d->shared_layer[s][c] = member_layer(d, s, c, apart);
        d->sizes[c][d->shared_layer[s][c]] = size;
    }
}

/* Groups of one layer each of some CNNs. No CNN has two layers in one group, not even after merging. */
static void draw_shared(drawing *d)
{
    bool apart = chance(d, 50);

    for (int c = 0; c < d->cnn_count; c++) apart = apart && d->layer_count[c] > 1;
    d->shared_count = d->cnn_count > 1 && chance(d, 30) ? 1 + below(d, SHARED_MAX) : 0;
    for (int s = 0; s < d->shared_count; s++) draw_group(d, s, apart);
}

/* --- parts of the file --- */

static void add_units(drawing *d)
{
    static const char *const memory[] = {"5", "8", "10", "12", "20", "\"40 B\""};
    static const char *const speed[] = {"1", "2", "2", "\"3 op/s\"", "1000"};
    static const char *const budget[] = {"5", "20", "40"};
    bool tight = chance(d, 50);

    dcnn_buf_text(d->text, " \"units\": [");
    for (int i = 0; i < d->unit_count; i++) {
        dcnn_buf_format(d->text, "%s\n  {\"id\": \"u%d\", \"x_m\": %d, \"y_m\": %d", i ? "," : "", i, below(d, 4),
                        below(d, 3));
        dcnn_buf_format(d->text, ", \"memory_bytes\": %s", tight ? pick(d, memory, 6) : "1000");
        dcnn_buf_format(d->text, ", \"ops_per_s\": %s", pick(d, speed, 5));
        if (chance(d, 10)) dcnn_buf_format(d->text, ", \"ops_budget\": %s", pick(d, budget, 3));
        dcnn_buf_text(d->text, "}");
    }
    dcnn_buf_text(d->text, "],\n");
}

static void add_endpoints(drawing *d)
{
    if (d->endpoint_count == 0) return;
    dcnn_buf_text(d->text, " \"endpoints\": [");
    for (int i = 0; i < d->endpoint_count; i++)
        dcnn_buf_format(d->text, "%s{\"id\": \"e%d\", \"x_m\": %d, \"y_m\": %d}", i ? ", " : "", i, below(d, 4),
                        below(d, 3));
    dcnn_buf_text(d->text, "],\n");
}

static void add_range(drawing *d)
{
    static const char *const range[] = {"1", "1.5", "2", "2.5", "10"}; /* 1 and 2 m just do not reach 1 and 2 m */
    static const char *const rate[] = {"1", "3", "1000", "\"2 kB/s\""};

    dcnn_buf_format(d->text, "{\"range_m\": %s, \"rate_bytes_per_s\": %s}", pick(d, range, 5), pick(d, rate, 4));
}

static void add_link(drawing *d, int a, int b)
{
    static const char *const rate[] = {"1", "2", "3", "1000"};
    static const char *const latency[] = {"0", "1", "\"500 ms\"", "1e-9"};
    static const char *const retransmission[] = {"0", "0.5", "1", "0.1"};

    dcnn_buf_text(d->text, "{\"a\": ");
    add_place(d, a);
    dcnn_buf_text(d->text, ", \"b\": ");
    add_place(d, b);
    if (chance(d, 60)) dcnn_buf_format(d->text, ", \"rate_bytes_per_s\": %s", pick(d, rate, 4));
    if (chance(d, 40)) dcnn_buf_format(d->text, ", \"latency_s\": %s", pick(d, latency, 4));
    if (chance(d, 20)) dcnn_buf_format(d->text, ", \"retransmission\": %s", pick(d, retransmission, 4));
    if (chance(d, 20)) dcnn_buf_text(d->text, ", \"one_way\": true");
    dcnn_buf_text(d->text, "}");
}

static void add_links(drawing *d)
{
    static const char *const rate[] = {"1", "2", "100"};
    int count = place_count(d) > 1 ? place_count(d) - 1 + below(d, 3 * place_count(d)) : 0;

    dcnn_buf_format(d->text, "{\"rate_bytes_per_s\": %s, \"links\": [", pick(d, rate, 3));
    for (int l = 0; l < count; l++) {
        int a = below(d, place_count(d)), b = below(d, place_count(d) - 1);
        if (l > 0) dcnn_buf_text(d->text, ",\n  ");
        add_link(d, a, b + (b >= a));
    }
    dcnn_buf_text(d->text, "]}");
}

static void add_hops(drawing *d)
{
    static const char *const rate[] = {"1", "4", "7"};
    int places = place_count(d), turn = below(d, places); /* the order is not the file's */

    dcnn_buf_format(d->text, "{\"rate_bytes_per_s\": %s, \"hops\": {\"order\": [", pick(d, rate, 3));
    for (int i = 0; i < places; i++) {
        if (i > 0) dcnn_buf_text(d->text, ", ");
        add_place(d, (i + turn) % places);
    }
    dcnn_buf_text(d->text, "], \"matrix\": [");
    for (int i = 0; i < places; i++) {
        dcnn_buf_text(d->text, i ? ",\n  [" : "[");
        for (int k = 0; k < places; k++) {
            if (k > 0) dcnn_buf_text(d->text, ", ");
            if (i != k && chance(d, 7))
                dcnn_buf_text(d->text, "null");
            else
                dcnn_buf_format(d->text, "%d", i == k ? 0 : below(d, 4));
        }
        dcnn_buf_text(d->text, "]");
    }
    dcnn_buf_text(d->text, "]}}");
}

static void add_network(drawing *d)
{
    dcnn_buf_text(d->text, " \"network\": ");
    switch (below(d, 3)) {
    case 0:
        add_range(d);
        break;
    case 1:
        add_links(d);
        break;
    default:
        add_hops(d);
    }
    dcnn_buf_text(d->text, ",\n");
}

/* Probabilities that need not make sense together: the authors' tables have such. */
static void add_literal(drawing *d, const char *key, int count)
{
    static const char *const probability[] = {"0", "1", "1", "0.5", "0.3", "0.772"};

    dcnn_buf_format(d->text, ", \"%s\": [", key);
    for (int j = 0; j < count; j++) dcnn_buf_format(d->text, "%s%s", j ? ", " : "", pick(d, probability, 6));
    dcnn_buf_text(d->text, "]");
}

static void add_layers(drawing *d, int c, bool exits)
{
    static const char *const output[] = {"0", "1", "1", "2", "6", "50"};
    static const char *const exit_probability[] = {"0", "0.25", "0.25", "0.1"}; /* EXITS_MAX of them: 1 at most */

    dcnn_buf_text(d->text, ", \"layers\": [");
    for (int j = 0; j < d->layer_count[c]; j++) {
        bool last = j == d->layer_count[c] - 1;
        dcnn_buf_format(d->text, "%s\n   {\"name\": \"l%d\", \"memory_bytes\": %d, \"ops\": %d, \"output_bytes\": %s",
                        j ? "," : "", j, d->sizes[c][j].memory_bytes, d->sizes[c][j].ops, pick(d, output, 6));
        if (exits && !last && j < EXITS_MAX && chance(d, 60))
            dcnn_buf_format(d->text, ", \"exit_probability\": %s", pick(d, exit_probability, 4));
        dcnn_buf_text(d->text, "}");
    }
    dcnn_buf_text(d->text, "]");
}

static void add_cnn(drawing *d, int c)
{
    static const char *const weight[] = {"0", "0.5", "2", "3", "0.3333333333333333", "1e-3"};
    static const char *const deadline[] = {"1", "5", "20", "\"40 s\"", "80", "\"200000 ms\""};
    int style = below(d, 4); /* 0 exits, 1 literal, else neither */

    dcnn_buf_format(d->text, "%s\n  {\"id\": \"c%d\", \"input_bytes\": %d, \"source\": ", c ? "," : "", c, below(d, 4));
    add_place(d, below(d, place_count(d)));
    if (chance(d, 60)) {
        dcnn_buf_text(d->text, ", \"sink\": ");
        add_place(d, below(d, place_count(d)));
    }
    if (chance(d, 40)) dcnn_buf_format(d->text, ", \"weight\": %s", pick(d, weight, 6));
    if (chance(d, 20)) dcnn_buf_format(d->text, ", \"deadline_s\": %s", pick(d, deadline, 6));
    if (style == 1) add_literal(d, "p", d->layer_count[c]);
    if (style == 1) add_literal(d, "g", d->layer_count[c]);
    add_layers(d, c, style == 0);
    dcnn_buf_text(d->text, "}");
}

static void add_cnns(drawing *d)
{
    dcnn_buf_text(d->text, " \"cnns\": [");
    for (int c = 0; c < d->cnn_count; c++) add_cnn(d, c);
    dcnn_buf_text(d->text, "],\n");
}

static void add_shared(drawing *d)
{
    if (d->shared_count == 0) return;
    dcnn_buf_text(d->text, " \"shared_layers\": [");
    for (int s = 0; s < d->shared_count; s++) {
        const char *comma = "";
        dcnn_buf_text(d->text, s ? ", [" : "[");
        for (int c = 0; c < d->cnn_count; c++) {
            if (d->shared_layer[s][c] < 0) continue;
            dcnn_buf_format(d->text, "%s{\"cnn\": \"c%d\", \"layer\": \"l%d\"}", comma, c, d->shared_layer[s][c]);
            comma = ", ";
        }
        dcnn_buf_text(d->text, "]");
    }
    dcnn_buf_text(d->text, "],\n");
}

/* Mostly as many layers a unit as it takes, or a few more. */
static void add_limits(drawing *d)
{
    int needed = (total_layers(d) + d->unit_count - 1) / d->unit_count;
    int layers = needed - 1 + below(d, 4);

    if (chance(d, 60)) dcnn_buf_format(d->text, " \"limits\": {\"layers_per_unit\": %d},\n", layers > 1 ? layers : 1);
}

void tiny_scenario(dcnn_buf *text, uint64_t seed, int64_t assignments_max)
{
    drawing d = {.text = text};

    dcnn_rng_seed(&d.rng, seed);
    draw_counts(&d, assignments_max);
    draw_layers(&d);
    draw_shared(&d);
    dcnn_buf_format(text, "{\"dcnn\": \"scenario\", \"version\": 1, \"name\": \"tiny %llu\",\n",
                    (unsigned long long)seed);
    add_units(&d);
    add_endpoints(&d);
    add_network(&d);
    add_cnns(&d);
    add_shared(&d);
    add_limits(&d);
    dcnn_buf_format(text, " \"objective\": \"%s\"}\n", chance(&d, 30) ? "max" : "sum");
}
