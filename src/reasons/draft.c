#include "draft.h"
#include <limits.h>
#include <string.h>

static void *copy(dcnn_pool *pool, const void *from, size_t count, size_t size)
{
    void *to = dcnn_pool_take(pool, count, size);

    if (to && count > 0) memcpy(to, from, count * size);
    return to;
}

bool dcnn_draft_open(dcnn_draft *draft, const dcnn_scenario *original)
{
    dcnn_scenario *s = &draft->scenario;

    *draft = (dcnn_draft){.scenario = *original, .pool = dcnn_pool_new()};
    if (!draft->pool) return false;
    s->pool = NULL;
    s->units = copy(draft->pool, original->units, (size_t)original->unit_count, sizeof *s->units);
    s->cnns = copy(draft->pool, original->cnns, (size_t)original->cnn_count, sizeof *s->cnns);
    s->shared_groups =
        copy(draft->pool, original->shared_groups, (size_t)original->shared_group_count, sizeof *s->shared_groups);
    return s->units && s->cnns && s->shared_groups;
}

void dcnn_draft_close(dcnn_draft *draft)
{
    dcnn_pool_free(draft->pool);
}

void dcnn_draft_reset(dcnn_draft *draft, const dcnn_scenario *original)
{
    dcnn_scenario *s = &draft->scenario;
    dcnn_scenario own = *s;

    *s = *original;
    s->pool = NULL;
    s->units = own.units;
    s->cnns = own.cnns;
    s->shared_groups = own.shared_groups;
    memcpy(s->units, original->units, (size_t)original->unit_count * sizeof *s->units);
    memcpy(s->cnns, original->cnns, (size_t)original->cnn_count * sizeof *s->cnns);
    if (original->shared_group_count > 0)
        memcpy(s->shared_groups, original->shared_groups,
               (size_t)original->shared_group_count * sizeof *s->shared_groups);
}

bool dcnn_draft_keep_cnn(dcnn_draft *draft, int c)
{
    dcnn_scenario *s = &draft->scenario;
    int groups = 0;

    for (int g = 0; g < s->shared_group_count; g++) {
        dcnn_shared_group kept = {0, NULL};
        const dcnn_shared_group *group = &s->shared_groups[g];
        kept.members = dcnn_pool_take(draft->pool, (size_t)group->member_count, sizeof *kept.members);
        if (!kept.members) return false;
        for (int m = 0; m < group->member_count; m++)
            if (group->members[m].cnn == c)
                kept.members[kept.member_count++] = (dcnn_layer_ref){0, group->members[m].layer};
        if (kept.member_count >= 2) s->shared_groups[groups++] = kept;
    }
    s->shared_group_count = groups;
    s->cnns[0] = s->cnns[c];
    s->cnn_count = 1;
    return true;
}

void dcnn_draft_unshare(dcnn_draft *draft, int group)
{
    dcnn_scenario *s = &draft->scenario;

    s->shared_group_count--;
    for (int g = group; g < s->shared_group_count; g++) s->shared_groups[g] = s->shared_groups[g + 1];
}

/* --- one unit more: it comes after the other units, so that every endpoint moves up by one --- */

static int moved(int place, int unit_count)
{
    return place < unit_count ? place : place + 1;
}

static bool add_hops(dcnn_draft *draft, int like)
{
    dcnn_scenario *s = &draft->scenario;
    size_t before = (size_t)s->place_count, after = before + 1, twin = (size_t)s->unit_count;
    int32_t *hops = dcnn_pool_take(draft->pool, after, after * sizeof *hops);

    if (!hops) return false;
    for (size_t from = 0; from < after; from++)
        for (size_t to = 0; to < after; to++) {
            size_t a = from == twin ? (size_t)like : from - (from > twin);
            size_t b = to == twin ? (size_t)like : to - (to > twin);
            hops[from * after + to] = from == to ? 0 : a == b ? 1 : s->network.hops[a * before + b];
        }
    s->network.hops = hops;
    return true;
}

static bool add_links(dcnn_draft *draft, int like)
{
    dcnn_scenario *s = &draft->scenario;
    int64_t count = s->network.link_count, all = count;
    dcnn_link *links;

    for (int64_t k = 0; k < count; k++) all += s->network.links[k].a == like || s->network.links[k].b == like;
    links = dcnn_pool_take(draft->pool, (size_t)all, sizeof *links);
    if (!links) return false;
    all = count;
    for (int64_t k = 0; k < count; k++) {
        dcnn_link link = s->network.links[k];
        bool from = link.a == like, to = link.b == like;
        link.a = moved(link.a, s->unit_count);
        link.b = moved(link.b, s->unit_count);
        links[k] = link;
        if (from) link.a = s->unit_count;
        if (to) link.b = s->unit_count;
        if (from || to) links[all++] = link;
    }
    s->network.links = links;
    s->network.link_count = all;
    return true;
}

bool dcnn_draft_add_unit(dcnn_draft *draft, int like)
{
    dcnn_scenario *s = &draft->scenario;
    dcnn_place *places;
    dcnn_unit *units;

    if (s->place_count >= INT_MAX / 2) return false;
    places = dcnn_pool_take(draft->pool, (size_t)s->place_count + 1, sizeof *places);
    units = dcnn_pool_take(draft->pool, (size_t)s->unit_count + 1, sizeof *units);
    if (!places || !units) return false;
    if (s->network.kind == DCNN_NETWORK_HOPS && !add_hops(draft, like)) return false;
    if (s->network.kind == DCNN_NETWORK_LINKS && !add_links(draft, like)) return false;
    for (int i = 0; i < s->place_count; i++) places[moved(i, s->unit_count)] = s->places[i];
    places[s->unit_count] = s->places[like];
    memcpy(units, s->units, (size_t)s->unit_count * sizeof *units);
    units[s->unit_count] = s->units[like];
    for (int c = 0; c < s->cnn_count; c++) {
        s->cnns[c].source = moved(s->cnns[c].source, s->unit_count);
        s->cnns[c].sink = moved(s->cnns[c].sink, s->unit_count);
    }
    s->places = places;
    s->units = units;
    s->place_count++;
    s->unit_count++;
    return true;
}

/* --- one link more --- */

bool dcnn_draft_add_link(dcnn_draft *draft, int a, int b)
{
    dcnn_network_spec *network = &draft->scenario.network;
    size_t places = (size_t)draft->scenario.place_count;

    if (network->kind == DCNN_NETWORK_HOPS) {
        int32_t *hops = copy(draft->pool, network->hops, places, places * sizeof *hops);
        if (!hops) return false;
        hops[(size_t)a * places + (size_t)b] = hops[(size_t)b * places + (size_t)a] = 1;
        network->hops = hops;
    } else {
        dcnn_link *links = dcnn_pool_take(draft->pool, (size_t)network->link_count + 1, sizeof *links);
        if (!links) return false;
        memcpy(links, network->links, (size_t)network->link_count * sizeof *links);
        links[network->link_count] = network->links[0];
        links[network->link_count].a = a;
        links[network->link_count].b = b;
        links[network->link_count].one_way = false;
        network->links = links;
        network->link_count++;
    }
    return true;
}
