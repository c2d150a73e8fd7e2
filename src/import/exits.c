#include "cut.h"
#include "text/number.h"
#include <string.h>

static const double probability_slack = 1e-9;

static dcnn_status add_exit(const dcnn_graph *graph, const char *where, const char *name, size_t size,
                            double probability, dcnn_exit *exits, int *count, dcnn_error *err)
{
    int tensor = dcnn_onnx_find(graph, name, size);
    char label[DCNN_LABEL_BYTES], first[DCNN_LABEL_BYTES];

    dcnn_name_label((dcnn_name){name, size}, label);
    if (tensor < 0 || !graph->tensors[tensor].output) {
        dcnn_name_label(graph->tensors[graph->outputs[0]].name, first);
        return dcnn_fail(err, DCNN_E_VALUE, where,
                         "exit \"%s\": the model has no output of that name; it has %d, the first is \"%s\"", label,
                         graph->output_count, first);
    }
    for (int e = 0; e < *count; e++)
        if (exits[e].tensor == tensor) return dcnn_fail(err, DCNN_E_VALUE, where, "exit \"%s\" is named twice", label);
    exits[(*count)++] = (dcnn_exit){tensor, probability};
    return DCNN_OK;
}

static dcnn_status named_exits(const dcnn_graph *graph, const dcnn_model_options *options, dcnn_exit *exits, int *count,
                               dcnn_error *err)
{
    dcnn_status status = DCNN_OK;
    double sum = 0;

    for (int e = 0; e < options->exit_count && !status; e++) {
        const dcnn_model_exit *exit = &options->exits[e];
        status = add_exit(graph, graph->file, exit->output, strlen(exit->output), exit->probability, exits, count, err);
        sum += exit->probability;
    }
    if (!status && sum > 1 + probability_slack)
        status = dcnn_fail(err, DCNN_E_VALUE, graph->file, "the exit probabilities add up to %g, more than 1", sum);
    return status;
}

/* --- results --- */

/* The tensor of that name as a result: an output of the model, or what a node makes. */
static dcnn_status find_result(const dcnn_graph *graph, const char *name, const bool *kept, int *tensor,
                               dcnn_error *err)
{
    *tensor = dcnn_onnx_find(graph, name, strlen(name));
    if (*tensor < 0 || (!graph->tensors[*tensor].output && graph->tensors[*tensor].producer < 0))
        return dcnn_fail(err, DCNN_E_VALUE, graph->file, "result \"%.100s\": the model makes no tensor of that name",
                         name);
    if (kept[*tensor])
        return dcnn_fail(err, DCNN_E_VALUE, graph->file, "result \"%.100s\": is an exit, or named twice", name);
    return DCNN_OK;
}

dcnn_status dcnn_onnx_results(dcnn_graph *graph, const dcnn_model_options *options, const dcnn_exit *exits, int count,
                              dcnn_error *err)
{
    bool *kept = dcnn_pool_take(graph->pool, (size_t)graph->tensor_count, sizeof *kept);
    size_t room = (size_t)graph->output_count;
    dcnn_status status;
    int left = 0, tensor;

    if (!kept) return dcnn_fail_memory(err);
    if (options->result_count == 0) return DCNN_OK;
    for (int e = 0; e < count; e++) kept[exits[e].tensor] = true;
    for (int k = 0; k < options->result_count; k++) {
        if ((status = find_result(graph, options->results[k], kept, &tensor, err))) return status;
        kept[tensor] = true;
        if (graph->tensors[tensor].output) continue;
        if (!dcnn_reserve((void **)&graph->outputs, &room, (size_t)graph->output_count, sizeof *graph->outputs))
            return dcnn_fail_memory(err);
        graph->outputs[graph->output_count++] = tensor;
        graph->tensors[tensor].output = true;
    }
    for (int k = 0; k < graph->output_count; k++) {
        tensor = graph->outputs[k];
        graph->tensors[tensor].output = kept[tensor];
        if (kept[tensor]) graph->outputs[left++] = tensor;
    }
    graph->output_count = left;
    return DCNN_OK;
}

/* --- measured confidences: a CSV file, a column for each exit --- */

struct csv {
    const char *path, *at, *end;
    int line;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The next cell of a line without the spaces around it; *last when the line ends behind it. */
static dcnn_name next_cell(struct csv *csv, bool *last)
{
    const char *from = csv->at, *to;

    while (csv->at < csv->end && *csv->at != ',' && *csv->at != '\n') csv->at++;
    to = csv->at;
    *last = csv->at == csv->end || *csv->at == '\n';
    if (csv->at < csv->end) csv->at++;
    while (from < to && is_space(*from)) from++;
    while (to > from && is_space(to[-1])) to--;
    return (dcnn_name){from, (size_t)(to - from)};
}

static int count_columns(struct csv csv)
{
    int columns = 0;
    bool last = false;

    for (; !last; columns++) (void)next_cell(&csv, &last);
    return columns;
}

/* With a column for every output, the last output of the model is its result and no exit. */
static bool is_result(const dcnn_graph *graph, const dcnn_model_options *options, int columns, dcnn_name name)
{
    dcnn_name result = graph->tensors[graph->outputs[graph->output_count - 1]].name;

    for (int k = 0; k < options->result_count; k++)
        if (dcnn_name_is(name, options->results[k])) return true;
    return columns == graph->output_count && result.size == name.size && memcmp(result.at, name.at, name.size) == 0;
}

static dcnn_status read_header(const dcnn_graph *graph, const dcnn_model_options *options, struct csv *csv,
                               dcnn_exit *exits, int *count, dcnn_error *err)
{
    int columns = count_columns(*csv);
    dcnn_status status = DCNN_OK;
    bool last = false;

    while (!last && !status) {
        dcnn_name name = next_cell(csv, &last);
        if (!is_result(graph, options, columns, name))
            status = add_exit(graph, csv->path, name.at, name.size, 0, exits, count, err);
    }
    csv->line = 2;
    return status;
}

static dcnn_status read_confidence(const struct csv *csv, dcnn_name cell, double *confidence, dcnn_error *err)
{
    dcnn_number_span span = dcnn_number_scan(cell.at, cell.size);
    char label[DCNN_LABEL_BYTES];
    dcnn_status status;

    if (span.length == cell.size && span.length > 0 && span.length <= DCNN_NUMBER_LENGTH_MAX) {
        *confidence = dcnn_number_value(cell.at, span, 0);
        return DCNN_OK;
    }
    dcnn_name_label(cell, label);
    status = dcnn_fail(err, DCNN_E_SYNTAX, csv->path, "expected a confidence, found \"%s\"", label);
    if (err) err->line = csv->line;
    return status;
}

/* Which exit, by its place in the chain, each column is; -1 = the result. */
static void match_columns(const dcnn_graph *graph, struct csv *csv, const dcnn_exit *exits, int count, int *exit_of)
{
    bool last = false;

    for (int column = 0; !last; column++) {
        dcnn_name name = next_cell(csv, &last);
        int tensor = dcnn_onnx_find(graph, name.at, name.size);
        exit_of[column] = -1;
        for (int e = 0; e < count; e++)
            if (exits[e].tensor == tensor) exit_of[column] = e;
    }
    csv->line = 2;
}

/* Reads a row; *taken is the first exit of the chain that is confident enough, count where none is. */
static dcnn_status read_row(struct csv *csv, double threshold, const int *exit_of, int columns, int count, int *taken,
                            dcnn_error *err)
{
    dcnn_status status = DCNN_OK;
    bool last = false;
    int column = 0;

    *taken = count;
    for (; !last && !status; column++) {
        dcnn_name cell = next_cell(csv, &last);
        double confidence = 0;
        if (column >= columns) continue;
        status = read_confidence(csv, cell, &confidence, err);
        if (exit_of[column] >= 0 && confidence >= threshold && exit_of[column] < *taken) *taken = exit_of[column];
    }
    if (!status && column != columns) {
        status = dcnn_fail(err, DCNN_E_SYNTAX, csv->path, "expected %d confidences, found %d", columns, column);
        if (err) err->line = csv->line;
    }
    return status;
}

static dcnn_status open_csv(const dcnn_model_options *options, dcnn_buf *text, struct csv *csv, dcnn_error *err)
{
    dcnn_status status = dcnn_file_load(text, options->exit_csv, 0, err);

    if (status) return status;
    if (text->size == 0) return dcnn_fail(err, DCNN_E_SYNTAX, options->exit_csv, "the file is empty");
    *csv = (struct csv){options->exit_csv, text->data, text->data + text->size, 1};
    return DCNN_OK;
}

dcnn_status dcnn_onnx_exits(dcnn_graph *graph, const dcnn_model_options *options, dcnn_exit **exits, int *count,
                            dcnn_error *err)
{
    dcnn_buf text = {0};
    struct csv csv;
    dcnn_status status;

    *count = 0;
    *exits = dcnn_pool_take(graph->pool, (size_t)graph->output_count, sizeof **exits);
    if (!*exits) return dcnn_fail_memory(err);
    if (!options->exit_csv) return named_exits(graph, options, *exits, count, err);
    status = open_csv(options, &text, &csv, err);
    if (!status) status = read_header(graph, options, &csv, *exits, count, err);
    dcnn_buf_clear(&text);
    return status;
}

dcnn_status dcnn_onnx_measure_exits(dcnn_graph *graph, const dcnn_model_options *options, dcnn_exit *exits, int count,
                                    dcnn_error *err)
{
    int64_t rows = 0, *times = dcnn_pool_take(graph->pool, (size_t)count + 1, sizeof *times);
    dcnn_buf text = {0};
    struct csv csv;
    dcnn_status status;
    int columns, taken, *exit_of = NULL;

    if (!options->exit_csv || count == 0) return DCNN_OK;
    if ((status = open_csv(options, &text, &csv, err))) goto done;
    columns = count_columns(csv);
    exit_of = dcnn_pool_take(graph->pool, (size_t)columns, sizeof *exit_of);
    if (!times || !exit_of) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    match_columns(graph, &csv, exits, count, exit_of);
    for (; csv.at < csv.end && !status; csv.line++, rows++) {
        status = read_row(&csv, options->exit_threshold, exit_of, columns, count, &taken, err);
        if (!status) times[taken]++;
    }
    if (!status && rows == 0) status = dcnn_fail(err, DCNN_E_SYNTAX, csv.path, "has no rows of confidences");
    for (int e = 0; e < count && !status; e++) exits[e].probability = (double)times[e] / (double)rows;
done:
    dcnn_buf_clear(&text);
    return status;
}
