#include "system.h"

static int draw(dcnn_rng *rng, int low, int high)
{
    return low + (int)dcnn_rng_below(rng, (uint64_t)(high - low + 1));
}

static bool one_in(dcnn_rng *rng, int n)
{
    return dcnn_rng_below(rng, (uint64_t)n) == 0;
}

/* A connected core of two-way links, and others that may go one way only. */
static void draw_links(system_plan *p, dcnn_rng *rng)
{
    int places = p->unit_count + p->endpoint_count, extra = draw(rng, 0, places);

    for (int k = 1; k < places; k++)
        if (!one_in(rng, 40))
            p->links[p->link_count++] =
                (system_link){draw(rng, 0, k < p->unit_count ? k - 1 : p->unit_count - 1), k, 0, 0, 0, false};
    for (int k = 0; k < extra; k++) {
        int a = draw(rng, 0, places - 1), b = draw(rng, 0, places - 1);
        if (a != b) p->links[p->link_count++] = (system_link){a, b, 0, 0, 0, one_in(rng, 2)};
    }
    for (int k = 0; k < p->link_count; k++) {
        p->links[k].rate = 100 * draw(rng, 1, one_in(rng, 2) ? 2 : 30);
        p->links[k].latency_ms = one_in(rng, 2) ? 0 : draw(rng, 1, 40);
        p->links[k].retransmission_tenths = one_in(rng, 3) ? draw(rng, 1, 20) : 0;
    }
}

static void draw_layers(system_cnn *cnn, dcnn_rng *rng, int memory_max)
{
    int exits = 100;

    for (int j = 0; j < cnn->layer_count; j++) {
        system_layer *layer = &cnn->layers[j];
        *layer = (system_layer){draw(rng, 0, memory_max), draw(rng, 0, 60), one_in(rng, 5) ? 0 : draw(rng, 1, 200), 0};
        if (j < cnn->layer_count - 1 && one_in(rng, 6) && exits > 10) layer->exit_percent = draw(rng, 1, exits / 2);
        exits -= layer->exit_percent;
    }
}

static void draw_cnn(system_plan *p, system_cnn *cnn, dcnn_rng *rng, bool deep)
{
    int places = p->unit_count + p->endpoint_count;

    cnn->source = draw(rng, 0, places - 1);
    cnn->sink = one_in(rng, 2) ? cnn->source : draw(rng, 0, places - 1);
    cnn->weight_quarters = one_in(rng, 8) ? 0 : one_in(rng, 2) ? 4 : draw(rng, 1, 13);
    cnn->input = one_in(rng, 8) ? 0 : draw(rng, 1, 400);
    cnn->deadline_ms = one_in(rng, 4) ? draw(rng, 200, deep ? 60000 : 3000) : 0;
    cnn->layer_count = deep ? draw(rng, 60, SYSTEM_LAYERS) : draw(rng, 1, 7);
    draw_layers(cnn, rng, deep ? 1 : 4);
}

/* Two layers of different CNNs become one and the same. */
static void draw_groups(system_plan *p, dcnn_rng *rng)
{
    int wanted = p->cnn_count >= 2 && one_in(rng, 3) ? draw(rng, 1, SYSTEM_GROUPS) : 0;

    for (int g = 0; g < wanted; g++) {
        int a = draw(rng, 0, p->cnn_count - 2), b = draw(rng, a + 1, p->cnn_count - 1);
        int i = draw(rng, 0, p->cnns[a].layer_count - 1), j = draw(rng, 0, p->cnns[b].layer_count - 1);
        bool taken = false;
        for (int k = 0; k < p->group_count; k++)
            for (int m = 0; m < 2; m++)
                taken = taken || (p->groups[k].cnn[m] == a && p->groups[k].layer[m] == i) ||
                        (p->groups[k].cnn[m] == b && p->groups[k].layer[m] == j);
        if (taken) continue;
        p->cnns[b].layers[j].memory = p->cnns[a].layers[i].memory;
        p->cnns[b].layers[j].ops = p->cnns[a].layers[i].ops;
        p->groups[p->group_count].cnn[0] = a;
        p->groups[p->group_count].layer[0] = i;
        p->groups[p->group_count].cnn[1] = b;
        p->groups[p->group_count++].layer[1] = j;
    }
}

void system_draw(system_plan *p, uint64_t seed)
{
    dcnn_rng rng;
    bool deep, tight;

    dcnn_rng_seed(&rng, seed);
    *p = (system_plan){.unit_count = draw(&rng, 5, SYSTEM_UNITS), .endpoint_count = draw(&rng, 0, SYSTEM_ENDPOINTS)};
    deep = one_in(&rng, 6);
    tight = !deep && one_in(&rng, 2);
    p->cnn_count = deep ? draw(&rng, 1, 2) : draw(&rng, 1, SYSTEM_CNNS);
    p->layers_per_unit = tight ? draw(&rng, 1, 4) : 0;
    p->max = one_in(&rng, 4);
    for (int i = 0; i < p->unit_count; i++) {
        bool roomy = !one_in(&rng, deep ? 3 : 2);
        p->units[i].memory = roomy ? 1000000 : draw(&rng, 0, 12);
        p->units[i].ops_per_s = 100 * draw(&rng, 1, one_in(&rng, 2) ? 2 : 20);
        p->units[i].budget = one_in(&rng, 8) ? draw(&rng, 10, 200) : 0;
    }
    draw_links(p, &rng);
    for (int c = 0; c < p->cnn_count; c++) draw_cnn(p, &p->cnns[c], &rng, deep);
    draw_groups(p, &rng);
}

/* --- text --- */

static void write_place(dcnn_buf *text, const system_plan *p, const char *key, int place)
{
    bool unit = place < p->unit_count;

    dcnn_buf_format(text, "\"%s\": \"%s%d\", ", key, unit ? "u" : "e", unit ? place : place - p->unit_count);
}

static void write_units(dcnn_buf *text, const system_plan *p)
{
    dcnn_buf_text(text, "  \"units\": [");
    for (int i = 0; i < p->unit_count; i++) {
        dcnn_buf_format(text, "%s\n    {\"id\": \"u%d\", \"memory_bytes\": %d, \"ops_per_s\": %d", i ? "," : "", i,
                        p->units[i].memory, p->units[i].ops_per_s);
        if (p->units[i].budget > 0) dcnn_buf_format(text, ", \"ops_budget\": %d", p->units[i].budget);
        dcnn_buf_text(text, "}");
    }
    dcnn_buf_text(text, "],\n  \"endpoints\": [");
    for (int k = 0; k < p->endpoint_count; k++) dcnn_buf_format(text, "%s{\"id\": \"e%d\"}", k ? ", " : "", k);
    dcnn_buf_text(text, "],\n  \"network\": {\"links\": [");
    for (int k = 0; k < p->link_count; k++) {
        const system_link *l = &p->links[k];
        dcnn_buf_text(text, k ? ",\n    {" : "\n    {");
        write_place(text, p, "a", l->a);
        write_place(text, p, "b", l->b);
        dcnn_buf_format(text,
                        "\"rate_bytes_per_s\": %d, \"latency_s\": 0.%03d, \"retransmission\": %d.%d, \"one_way\": %s}",
                        l->rate, l->latency_ms, l->retransmission_tenths / 10, l->retransmission_tenths % 10,
                        l->one_way ? "true" : "false");
    }
    dcnn_buf_text(text, "]},\n");
}

static void write_cnn(dcnn_buf *text, const system_plan *p, int c)
{
    static const char *const quarters[] = {"0", "25", "5", "75"};
    const system_cnn *cnn = &p->cnns[c];

    dcnn_buf_format(text, "%s\n    {\"id\": \"c%d\", ", c ? "," : "", c);
    write_place(text, p, "source", cnn->source);
    write_place(text, p, "sink", cnn->sink);
    if (cnn->deadline_ms > 0)
        dcnn_buf_format(text, "\"deadline_s\": %d.%03d, ", cnn->deadline_ms / 1000, cnn->deadline_ms % 1000);
    dcnn_buf_format(text, "\"weight\": %d.%s, \"input_bytes\": %d, \"layers\": [", cnn->weight_quarters / 4,
                    quarters[cnn->weight_quarters % 4], cnn->input);
    for (int j = 0; j < cnn->layer_count; j++) {
        const system_layer *l = &cnn->layers[j];
        dcnn_buf_format(text, "%s\n      {\"name\": \"l%d\", \"memory_bytes\": %d, \"ops\": %d, \"output_bytes\": %d",
                        j ? "," : "", j, l->memory, l->ops, l->output);
        if (l->exit_percent > 0 && j < cnn->layer_count - 1)
            dcnn_buf_format(text, ", \"exit_probability\": 0.%02d", l->exit_percent);
        dcnn_buf_text(text, "}");
    }
    dcnn_buf_text(text, "]}");
}

void system_write(dcnn_buf *text, const system_plan *p)
{
    dcnn_buf_text(text, "{\"dcnn\": \"scenario\", \"version\": 1, \"name\": \"system\",\n");
    write_units(text, p);
    dcnn_buf_text(text, "  \"cnns\": [");
    for (int c = 0; c < p->cnn_count; c++) write_cnn(text, p, c);
    dcnn_buf_text(text, "],\n");
    if (p->group_count > 0) dcnn_buf_text(text, "  \"shared_layers\": [");
    for (int g = 0; g < p->group_count; g++)
        dcnn_buf_format(text, "%s[{\"cnn\": \"c%d\", \"layer\": \"l%d\"}, {\"cnn\": \"c%d\", \"layer\": \"l%d\"}]",
                        g ? ", " : "", p->groups[g].cnn[0], p->groups[g].layer[0], p->groups[g].cnn[1],
                        p->groups[g].layer[1]);
    if (p->group_count > 0) dcnn_buf_text(text, "],\n");
    if (p->layers_per_unit > 0) dcnn_buf_format(text, "  \"limits\": {\"layers_per_unit\": %d},\n", p->layers_per_unit);
    dcnn_buf_format(text, "  \"objective\": \"%s\"}\n", p->max ? "max" : "sum");
}

/* --- smaller plans --- */

static void remove_group(system_plan *p, int g)
{
    p->group_count--;
    for (; g < p->group_count; g++) p->groups[g] = p->groups[g + 1];
}

static void remove_layer(system_plan *p, int c, int j)
{
    system_cnn *cnn = &p->cnns[c];

    for (int g = p->group_count - 1; g >= 0; g--)
        for (int m = 0; m < 2; m++) {
            if (p->groups[g].cnn[m] != c) continue;
            if (p->groups[g].layer[m] > j)
                p->groups[g].layer[m]--;
            else if (p->groups[g].layer[m] == j) {
                remove_group(p, g);
                break;
            }
        }
    cnn->layer_count--;
    for (; j < cnn->layer_count; j++) cnn->layers[j] = cnn->layers[j + 1];
}

static void remove_cnn(system_plan *p, int c)
{
    for (int g = p->group_count - 1; g >= 0; g--) {
        if (p->groups[g].cnn[0] == c || p->groups[g].cnn[1] == c) {
            remove_group(p, g);
            continue;
        }
        for (int m = 0; m < 2; m++) p->groups[g].cnn[m] -= p->groups[g].cnn[m] > c;
    }
    p->cnn_count--;
    for (; c < p->cnn_count; c++) p->cnns[c] = p->cnns[c + 1];
}

static void remove_link(system_plan *p, int k)
{
    p->link_count--;
    for (; k < p->link_count; k++) p->links[k] = p->links[k + 1];
}

/* A unit that nobody starts or ends at goes, with its links. */
static bool remove_unit(system_plan *p, int i)
{
    if (p->unit_count == 1) return false;
    for (int c = 0; c < p->cnn_count; c++)
        if (p->cnns[c].source == i || p->cnns[c].sink == i) return false;
    for (int k = p->link_count - 1; k >= 0; k--)
        if (p->links[k].a == i || p->links[k].b == i) remove_link(p, k);
    for (int k = 0; k < p->link_count; k++) {
        p->links[k].a -= p->links[k].a > i;
        p->links[k].b -= p->links[k].b > i;
    }
    for (int c = 0; c < p->cnn_count; c++) {
        p->cnns[c].source -= p->cnns[c].source > i;
        p->cnns[c].sink -= p->cnns[c].sink > i;
    }
    p->unit_count--;
    for (; i < p->unit_count; i++) p->units[i] = p->units[i + 1];
    return true;
}

/* The plainer figures of one CNN, by number; false when there are no more. */
static bool plainer_cnn(system_cnn *cnn, int which)
{
    if (which == 0) cnn->deadline_ms = 0;
    if (which == 1) cnn->weight_quarters = 4;
    if (which == 2) cnn->sink = cnn->source;
    if (which == 3)
        for (int j = 0; j < cnn->layer_count; j++) cnn->layers[j].exit_percent = 0;
    return which < 4;
}

bool system_shrink(system_plan *s, const system_plan *plan, int step)
{
    *s = *plan;
    if (step < plan->cnn_count) {
        if (plan->cnn_count > 1) remove_cnn(s, step);
        return true;
    }
    step -= plan->cnn_count;
    for (int c = 0; c < plan->cnn_count; c++) {
        if (step < plan->cnns[c].layer_count) {
            if (plan->cnns[c].layer_count > 1) remove_layer(s, c, step);
            return true;
        }
        step -= plan->cnns[c].layer_count;
        if (plainer_cnn(&s->cnns[c], step)) return true;
        step -= 4;
    }
    if (step < plan->unit_count) return remove_unit(s, step) || true;
    step -= plan->unit_count;
    if (step < plan->unit_count) {
        s->units[step].budget = 0;
        return true;
    }
    step -= plan->unit_count;
    if (step < plan->unit_count) {
        s->units[step].memory = 1000000;
        return true;
    }
    step -= plan->unit_count;
    if (step < plan->link_count) {
        remove_link(s, step);
        return true;
    }
    step -= plan->link_count;
    if (step < plan->group_count) {
        remove_group(s, step);
        return true;
    }
    step -= plan->group_count;
    if (step == 0) s->layers_per_unit = 0;
    if (step == 1) s->max = false;
    return step < 2;
}
