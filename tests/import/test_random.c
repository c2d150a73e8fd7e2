/* Random graphs are cut wherever they can be, and nowhere else: held against sets of ancestors, which need no order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka.h needs the above */
#include "importing.h"
#include <cmocka.h>

enum { NODE_MAX = 12, GRAPH_COUNT = 3000, INPUT = NODE_MAX, WIDTH = 8 };

/* Sets of nodes are bits; bit INPUT is the model's input. */
typedef unsigned set;

struct graph {
    int count;
    set inputs[NODE_MAX]; /* one or two, among the input and nodes before */
    set outputs;
};

static int draw_input(dcnn_rng *rng, int node)
{
    int reach = 1 + (int)dcnn_rng_below(rng, 4), from = node - reach;

    return from < 0 ? INPUT : from;
}

static void draw_graph(dcnn_rng *rng, struct graph *g)
{
    g->count = 2 + (int)dcnn_rng_below(rng, NODE_MAX - 1);
    g->outputs = 1u << (g->count - 1);
    for (int k = 0; k < g->count; k++) {
        g->inputs[k] = 1u << (dcnn_rng_below(rng, 3) == 0 ? draw_input(rng, k) : k > 0 ? k - 1 : INPUT);
        if (dcnn_rng_below(rng, 3) == 0) g->inputs[k] |= 1u << draw_input(rng, k);
        if (dcnn_rng_below(rng, 20) == 0) g->outputs |= 1u << k;
    }
}

static void name_of(int node, char *name)
{
    (void)snprintf(name, 16, node == INPUT ? "x" : "t%d", node);
}

/* The nodes stand in the file in any order. */
static void write_graph(dcnn_rng *rng, const struct graph *g, writer *w)
{
    set written = 0;
    char name[16];

    writer_init(w, 13, WRITER_BARE);
    writer_input(w, "x", WRITER_FLOAT, 2, (int64_t[]){1, WIDTH});
    while (written != (1u << g->count) - 1) {
        int k = (int)dcnn_rng_below(rng, (uint64_t)g->count), found = 0;
        char inputs[32] = "";
        if (written >> k & 1) continue;
        written |= 1u << k;
        for (int i = 0; i <= INPUT; i++) {
            if (!(g->inputs[k] >> i & 1)) continue;
            name_of(i, name);
            if (found++ > 0) strcat(inputs, " ");
            strcat(inputs, name);
        }
        name_of(k, name);
        writer_node(w, found == 2 ? "Add" : "Relu", name, inputs, name);
    }
    for (int k = 0; k < g->count; k++) {
        name_of(k, name);
        if (g->outputs >> k & 1) writer_output(w, name);
    }
}

/* All nodes that those of the set need, themselves included. */
static set ancestors(const struct graph *g, set of)
{
    for (int k = g->count - 1; k >= 0; k--)
        if (of >> k & 1) of |= g->inputs[k];
    return of & ~(1u << INPUT);
}

/* What the nodes behind a place need of those in front, and the results that were made there. */
static set crossing(const struct graph *g, set front)
{
    set behind = ancestors(g, g->outputs) & ~front, needed = g->outputs & front;

    for (int k = 0; k < g->count; k++)
        if (behind >> k & 1) needed |= g->inputs[k] & (front | 1u << INPUT);
    return needed;
}

static int size_of(set of)
{
    int size = 0;

    for (; of; of &= of - 1) size++;
    return size;
}

/* --- what the importer says --- */

static dcnn_model *profile_graph(dcnn_rng *rng, const struct graph *g, int max_cut_tensors, int max_blocks)
{
    dcnn_model_options options;
    dcnn_model *model;
    dcnn_error err;
    writer w;

    dcnn_model_options_init(&options);
    options.level = DCNN_LEVEL_NODE;
    options.count = DCNN_COUNT_ADD;
    options.max_cut_tensors = max_cut_tensors;
    options.max_blocks = max_blocks;
    write_graph(rng, g, &w);
    if (profile_writer(&model, &w, &options, &err)) fail_msg("%s: %s", err.where, err.text);
    return model;
}

static set tensors_of(const dcnn_model_block *block)
{
    set tensors = 0;

    for (int k = 0; k < block->tensor_count; k++) {
        const char *name = block->tensors[k].name;
        tensors |= 1u << (name[0] == 'x' ? INPUT : atoi(name + 1));
    }
    return tensors;
}

/* Every cut has the tensors in its name: what they need is in front of it, and nothing else crosses. */
static void expect_sound(const struct graph *g, const dcnn_model *model, int max_cut_tensors)
{
    set needed = ancestors(g, g->outputs);
    int nodes = 0, adds = 0;
    int64_t ops = 0;

    for (int j = 0; j < model->profile.layer_count; j++) {
        set tensors = tensors_of(&model->blocks[j]), front = ancestors(g, tensors & ~(1u << INPUT));
        nodes += model->blocks[j].node_count;
        ops += model->profile.layers[j].ops;
        assert_int_equal(size_of(front), nodes);
        assert_int_equal(tensors, crossing(g, front));
        assert_int_equal(model->profile.layers[j].output_bytes, 4 * WIDTH * size_of(tensors));
        if (j + 1 < model->profile.layer_count) assert_true(size_of(tensors) <= max_cut_tensors);
    }
    for (int k = 0; k < g->count; k++) adds += (needed >> k & 1) && size_of(g->inputs[k]) == 2;
    assert_int_equal(nodes, size_of(needed));
    assert_int_equal(ops, WIDTH * adds);
}

/* Places where one tensor crosses do not depend on the order of nodes: all of them must be found. */
static int count_places(const struct graph *g)
{
    set needed = ancestors(g, g->outputs);
    int places = 0;

    for (int k = 0; k < g->count; k++) {
        set front = ancestors(g, 1u << k);
        places += (needed >> k & 1) && front != needed && crossing(g, front) == 1u << k;
    }
    return places;
}

static void test_cuts_of_random_graphs(void **state)
{
    dcnn_rng rng;

    (void)state;
    dcnn_rng_seed(&rng, 20211104);
    for (int n = 0; n < GRAPH_COUNT; n++) {
        struct graph g = {0};
        dcnn_model *model;
        int layers;
        draw_graph(&rng, &g);
        model = profile_graph(&rng, &g, 1, 0);
        layers = model->profile.layer_count;
        if (layers != count_places(&g) + 1)
            fail_msg("graph %d: %d layers, %d places to cut", n, layers, count_places(&g));
        expect_sound(&g, model, 1);
        dcnn_model_free(model);
        model = profile_graph(&rng, &g, 1 + n % 3, 1 + n % 5);
        assert_true(model->profile.layer_count <= 1 + n % 5);
        expect_sound(&g, model, 1 + n % 3);
        dcnn_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cuts_of_random_graphs)};

    return cmocka_run_group_tests_name("random graphs", tests, NULL, NULL);
}
