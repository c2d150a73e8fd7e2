/* One more unit, or a few: like one of those there are, in its place and with its links, or of a type of the
 * catalogue. */
#include "cures.h"
#include "figures.h"
#include <dcnn/catalog.h>
#include <string.h>

enum { KINDS_MAX = 4, PLACES_MAX = 3, MORE_MAX = 3, CATALOG_PLACES_MAX = 1 };

static bool same_kind(const dcnn_unit *a, const dcnn_unit *b)
{
    return a->memory_bytes == b->memory_bytes && a->ops_per_s == b->ops_per_s && a->ops_budget == b->ops_budget &&
           (a->type && b->type ? strcmp(a->type, b->type) == 0 : !a->type && !b->type);
}

static bool is_first_of_kind(const dcnn_scenario *s, int unit)
{
    for (int i = 0; i < unit; i++)
        if (same_kind(&s->units[i], &s->units[unit])) return false;
    return true;
}

/* The scenario with `more` units beside unit `like`: as it is, or of a type of the catalogue. */
static dcnn_status try_more(dcnn_doctor *doctor, int like, int more, const dcnn_unit_type *type, bool *feasible)
{
    dcnn_scenario *s = &doctor->draft.scenario;
    dcnn_verdict verdict;
    dcnn_status status;

    *feasible = false;
    dcnn_draft_reset(&doctor->draft, doctor->scenario);
    for (int k = 0; k < more; k++) {
        if (!dcnn_draft_add_unit(&doctor->draft, like)) return dcnn_fail_memory(doctor->err);
        if (type) s->units[s->unit_count - 1] = (dcnn_unit){NULL, type->memory_bytes, type->ops_per_s, DCNN_UNLIMITED};
    }
    status = dcnn_doctor_try(doctor, &verdict, NULL);
    *feasible = verdict == DCNN_TRIAL_FEASIBLE;
    return status;
}

static dcnn_status tell_more(dcnn_doctor *doctor, int like, int more)
{
    const dcnn_scenario *s = doctor->scenario;
    char name[DCNN_NAME_SIZE], type[DCNN_NAME_SIZE] = "";
    dcnn_cure cure = {DCNN_CURE_ADD_UNITS, like, -1, more, 0, NULL, NULL};
    const char *count = more == 1 ? "one more unit" : more == 2 ? "two more units" : "three more units";

    (void)dcnn_figure_name(name, s->places[like].id);
    if (!s->units[like].type) return dcnn_doctor_add(doctor, cure, "%s like %s, beside it", count, name);
    return dcnn_doctor_add(doctor, cure, "%s of type %s beside %s", count, dcnn_figure_name(type, s->units[like].type),
                           name);
}

/* The fewest units at one place that help; 0 = even the most do not. */
static dcnn_status fewest(dcnn_doctor *doctor, int like, int *more)
{
    dcnn_status status;
    bool helps;

    *more = 0;
    if ((status = try_more(doctor, like, MORE_MAX, NULL, &helps)) || !helps) return status;
    for (*more = 1; *more < MORE_MAX; ++*more)
        if ((status = try_more(doctor, like, *more, NULL, &helps)) || helps) return status;
    return DCNN_OK;
}

/* The fewest units of one kind that help, at the best of a few places. */
static dcnn_status more_of_kind(dcnn_doctor *doctor, int first, bool *helps)
{
    const dcnn_scenario *s = doctor->scenario;
    int best = MORE_MAX + 1, place = -1, more;
    dcnn_status status;

    for (int i = first, tried = 0; i < s->unit_count && tried < PLACES_MAX && best > 1; i++) {
        if (!same_kind(&s->units[i], &s->units[first])) continue;
        if ((status = fewest(doctor, i, &more))) return status;
        if (more > 0 && more < best) {
            best = more;
            place = i;
        }
        tried++;
    }
    *helps = place >= 0;
    return *helps ? tell_more(doctor, place, best) : DCNN_OK;
}

/* The type of the catalogue with the least memory that helps. */
static dcnn_status more_of_catalog(dcnn_doctor *doctor)
{
    char name[DCNN_NAME_SIZE];
    int count;
    const dcnn_unit_type *types = dcnn_catalog_unit_types(&count), *best = NULL;
    dcnn_status status;
    int place = -1;

    for (int t = 0; t < count; t++)
        for (int i = 0; i < doctor->scenario->unit_count && i < CATALOG_PLACES_MAX; i++) {
            bool helps;
            if (best && types[t].memory_bytes >= best->memory_bytes) break;
            if ((status = try_more(doctor, i, 1, &types[t], &helps))) return status;
            if (!helps) continue;
            best = &types[t];
            place = i;
        }
    if (!best) return DCNN_OK;
    dcnn_cure cure = {DCNN_CURE_ADD_UNITS, place, -1, 1, 0, dcnn_pool_text(doctor->placement->pool, best->name), NULL};
    if (!cure.type) return dcnn_fail_memory(doctor->err);
    return dcnn_doctor_add(doctor, cure, "one more unit, of type %s, beside %s", best->name,
                           dcnn_figure_name(name, doctor->scenario->places[place].id));
}

dcnn_status dcnn_cure_units(dcnn_doctor *doctor)
{
    const dcnn_scenario *s = doctor->scenario;
    dcnn_status status = DCNN_OK;
    bool any = false;

    for (int i = 0, kinds = 0; i < s->unit_count && kinds < KINDS_MAX && !status; i++) {
        bool helps = false;
        if (!is_first_of_kind(s, i)) continue;
        status = more_of_kind(doctor, i, &helps);
        any = any || helps;
        kinds++;
    }
    return status || any ? status : more_of_catalog(doctor);
}
