/* write_models FOLDER [bare|seeded] - writes every model of models.h there: for trying the tool, for fuzzing, for the
 * oracle. Without weights unless told otherwise. */
#include "models.h"
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    bool seeded = argc > 2 && strcmp(argv[2], "seeded") == 0, bare = argc > 2 && strcmp(argv[2], "bare") == 0;
    writer_weights weights = seeded ? WRITER_SEEDED : bare ? WRITER_BARE : WRITER_OF_SHAPE;

    if (argc < 2) {
        fputs("usage: write_models FOLDER [bare|seeded]\n", stderr);
        return 2;
    }
    for (int k = 0; model_names[k]; k++) {
        dcnn_buf file = {0}, path = {0};
        dcnn_error err;
        dcnn_status status;
        dcnn_buf_format(&path, "%s/%s.onnx", argv[1], model_names[k]);
        (void)model_write(model_names[k], weights, &file);
        status = dcnn_file_save(path.data, file.data, file.size, &err);
        dcnn_buf_clear(&file);
        dcnn_buf_clear(&path);
        if (status) {
            fprintf(stderr, "%s: %s\n", err.where, err.text);
            return 5;
        }
    }
    return 0;
}
