#include "line.h"
#include "base/base.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

dcnn_scenario *line_scenario(int units, int cnns, int layers, int layers_per_unit)
{
    dcnn_buf text = {0};
    dcnn_scenario *scenario;

    dcnn_buf_text(&text, "{\"dcnn\": \"scenario\", \"version\": 1, \"units\": [");
    for (int i = 0; i < units; i++)
        dcnn_buf_format(&text, "%s{\"id\": \"u%d\", \"x_m\": %d, \"y_m\": 0, \"memory_bytes\": 9, \"ops_per_s\": %d}",
                        i ? "," : "", i, i, 1 + i * 7 % 3);
    dcnn_buf_text(&text, "], \"network\": {\"range_m\": 1.5, \"rate_bytes_per_s\": 2}, \"cnns\": [");
    for (int c = 0; c < cnns; c++) {
        dcnn_buf_format(&text, "%s{\"id\": \"c%d\", \"input_bytes\": 3, \"source\": \"u%d\", \"layers\": [",
                        c ? "," : "", c, c * (units - 1) / (cnns - 1));
        for (int j = 0; j < layers; j++)
            dcnn_buf_format(&text, "%s{\"name\": \"l%d\", \"memory_bytes\": 2, \"ops\": %d, \"output_bytes\": %d}",
                            j ? "," : "", j, 20 - 3 * j, 1 + j % 2);
        dcnn_buf_text(&text, "]}");
    }
    dcnn_buf_format(&text, "], \"limits\": {\"layers_per_unit\": %d}}", layers_per_unit);
    assert_int_equal(dcnn_scenario_parse(&scenario, text.data, text.size, "line", NULL, NULL, NULL, NULL), DCNN_OK);
    dcnn_buf_clear(&text);
    return scenario;
}
