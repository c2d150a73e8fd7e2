/* Early exits: where decisions are made, and with which probability. */
#include "model/model.h"
#include "reader.h"
#include "text/number.h"

#define SUM_SLACK 1e-9 /* how far exit probabilities may exceed 1 by rounding */

/* The exit probability of layer j, if there is one. */
void dcnn_read_exit(dcnn_reader *r, const dcnn_json_value *value, int c, int j)
{
    dcnn_cnn *cnn = &r->scenario->cnns[c];

    if (!value) return;
    cnn->layers[j].exit_probability = 0;
    (void)dcnn_json_real(&r->json, value, 0, 1, &cnn->layers[j].exit_probability);
    if (j == cnn->layer_count - 1)
        dcnn_json_fault(&r->json, value, "expected no exit at the last layer, which decides what the exits leave");
}

/* --- literal p and g --- */

static void read_row(dcnn_reader *r, const dcnn_json_value *row, int count, double *probabilities)
{
    if (!dcnn_json_array(&r->json, row, 0)) return;
    if (row->count != (uint32_t)count) {
        dcnn_json_fault(&r->json, row, "expected %d probabilities, one for each layer, found %u", count,
                        (unsigned)row->count);
        return;
    }
    for (const dcnn_json_value *value = row->as.first; value; value = value->next)
        (void)dcnn_json_real(&r->json, value, 0, 1, probabilities++);
}

static void read_literal(dcnn_reader *r, dcnn_cnn *cnn, const dcnn_json_value *p, const dcnn_json_value *g)
{
    read_row(r, p, cnn->layer_count, cnn->p);
    read_row(r, g, cnn->layer_count, cnn->g);
    for (int j = 0; j < cnn->layer_count; j++) cnn->layers[j].exit_probability = 0;
    cnn->literal = true;
}

/* --- exits --- */

static void check_sum(dcnn_reader *r, const dcnn_json_value *at, const dcnn_cnn *cnn)
{
    char text[DCNN_NUMBER_TEXT_SIZE];
    double sum = 0;

    for (int j = 0; j < cnn->layer_count; j++) sum += cnn->layers[j].exit_probability;
    if (sum > 1 + SUM_SLACK)
        dcnn_json_fault(&r->json, at, "expected exit probabilities that sum to at most 1, found %s",
                        dcnn_number_text(text, sum));
}

static bool any_exit(const dcnn_cnn *cnn)
{
    for (int j = 0; j < cnn->layer_count; j++)
        if (cnn->layers[j].exit_probability > 0) return true;
    return false;
}

void dcnn_read_probabilities(dcnn_reader *r, dcnn_json_object *object, int c, const dcnn_json_value *exits)
{
    const dcnn_json_value *p = dcnn_json_get(object, "p"), *g = dcnn_json_get(object, "g");
    dcnn_cnn *cnn = &r->scenario->cnns[c];

    if (cnn->layer_count == 0) return;
    if ((p == NULL) != (g == NULL))
        dcnn_json_fault(&r->json, object->value, "expected \"p\" and \"g\" together, found only \"%s\"", p ? "p" : "g");
    if ((p || g) && exits && any_exit(cnn))
        dcnn_json_fault(&r->json, object->value, "expected either exit probabilities or \"p\" and \"g\", found both");
    if (p && g) {
        read_literal(r, cnn, p, g);
    } else if (!cnn->literal) {
        check_sum(r, exits ? exits : object->value, cnn);
        dcnn_exits_derive(cnn);
    }
}
