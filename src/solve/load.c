#include "solve/load.h"
#include <stdlib.h>
#include <string.h>

static int group_count(const dcnn_load *load)
{
    return load->problem->instance->scenario->shared_group_count;
}

bool dcnn_load_init(dcnn_load *load, const dcnn_problem *problem)
{
    size_t chains = (size_t)problem->chain_count, groups = (size_t)problem->instance->scenario->shared_group_count;

    *load = (dcnn_load){.problem = problem};
    load->room = dcnn_take((size_t)problem->unit_count, sizeof *load->room);
    load->group_unit = dcnn_take(groups, sizeof(int));
    load->group_members = dcnn_take(groups, sizeof(int));
    load->units = dcnn_take(chains, sizeof(int *));
    load->cost = dcnn_take(chains, sizeof *load->cost);
    if (!load->room || !load->group_unit || !load->group_members || !load->units || !load->cost) goto out_of_memory;
    for (size_t u = 0; u < chains; u++) {
        load->units[u] = dcnn_take((size_t)problem->data[u]->layer_count, sizeof(int));
        if (!load->units[u]) goto out_of_memory;
    }
    dcnn_load_reset(load);
    return true;
out_of_memory:
    dcnn_load_clear(load);
    return false;
}

void dcnn_load_clear(dcnn_load *load)
{
    for (int u = 0; load->units && u < load->problem->chain_count; u++) free(load->units[u]);
    free(load->units);
    free(load->cost);
    free(load->group_members);
    free(load->group_unit);
    free(load->room);
    *load = (dcnn_load){0};
}

void dcnn_load_reset(dcnn_load *load)
{
    const dcnn_problem *problem = load->problem;

    memcpy(load->room, problem->room, (size_t)problem->unit_count * sizeof *load->room);
    for (int s = 0; s < group_count(load); s++) {
        load->group_unit[s] = -1;
        load->group_members[s] = 0;
    }
    for (int u = 0; u < problem->chain_count; u++) {
        for (int j = 0; j < problem->data[u]->layer_count; j++) load->units[u][j] = -1;
        load->cost[u] = 0;
    }
}

void dcnn_load_copy(dcnn_load *to, const dcnn_load *from)
{
    const dcnn_problem *problem = from->problem;

    memcpy(to->room, from->room, (size_t)problem->unit_count * sizeof *to->room);
    for (int s = 0; s < group_count(from); s++) {
        to->group_unit[s] = from->group_unit[s];
        to->group_members[s] = from->group_members[s];
    }
    for (int u = 0; u < problem->chain_count; u++) {
        memcpy(to->units[u], from->units[u], (size_t)problem->data[u]->layer_count * sizeof(int));
        to->cost[u] = from->cost[u];
    }
}

static void put_layer(dcnn_load *load, const dcnn_chain_data *data, int j, int unit)
{
    int group = data->group[j];
    dcnn_room need = dcnn_room_of(&data->cnn->layers[j]);

    if (group < 0 || load->group_members[group]++ == 0) {
        dcnn_room_subtract(&load->room[unit], &need);
        if (group >= 0) load->group_unit[group] = unit;
    }
}

static void drop_layer(dcnn_load *load, const dcnn_chain_data *data, int j, int unit)
{
    int group = data->group[j];
    dcnn_room need = dcnn_room_of(&data->cnn->layers[j]);

    if (group < 0 || --load->group_members[group] == 0) {
        dcnn_room_add(&load->room[unit], &need);
        if (group >= 0) load->group_unit[group] = -1;
    }
}

void dcnn_load_place(dcnn_load *load, int chain, const int *units, dcnn_tick cost)
{
    const dcnn_chain_data *data = load->problem->data[chain];

    for (int j = 0; j < data->layer_count; j++) {
        put_layer(load, data, j, units[j]);
        load->units[chain][j] = units[j];
    }
    load->cost[chain] = cost;
}

void dcnn_load_remove(dcnn_load *load, int chain)
{
    const dcnn_chain_data *data = load->problem->data[chain];

    if (load->units[chain][0] < 0) return;
    for (int j = 0; j < data->layer_count; j++) {
        drop_layer(load, data, j, load->units[chain][j]);
        load->units[chain][j] = -1;
    }
    load->cost[chain] = 0;
}

bool dcnn_load_fits(dcnn_load *load, int chain, const int *units)
{
    const dcnn_chain_data *data = load->problem->data[chain];
    bool fits = true;
    int placed = 0;

    for (; fits && placed < data->layer_count; placed++) {
        int group = data->group[placed], unit = units[placed];
        if (group >= 0 && load->group_members[group] > 0 && load->group_unit[group] != unit) {
            fits = false;
            break;
        }
        put_layer(load, data, placed, unit);
        fits = load->room[unit].memory_bytes >= 0 && load->room[unit].ops >= 0 && load->room[unit].layers >= 0;
    }
    while (placed-- > 0) drop_layer(load, data, placed, units[placed]);
    return fits;
}

dcnn_tick dcnn_load_cost(const dcnn_load *load)
{
    dcnn_tick sum = 0;

    for (int u = 0; u < load->problem->chain_count; u++) sum += load->cost[u];
    return sum;
}

bool dcnn_load_complete(const dcnn_load *load)
{
    for (int u = 0; u < load->problem->chain_count; u++)
        if (load->units[u][0] < 0) return false;
    return true;
}
