/* importing.h - profiles of models that tests have in memory. */
#ifndef DCNN_TEST_IMPORTING_H
#define DCNN_TEST_IMPORTING_H

#include "import/profile.h"
#include "writer.h"

/* Profiles the file and clears it. */
static inline dcnn_status profile_file(dcnn_model **model, dcnn_buf *file, const dcnn_model_options *options,
                                       dcnn_error *err)
{
    dcnn_status status = dcnn_model_profile_bytes(model, (const unsigned char *)file->data, file->size, "test.onnx",
                                                  NULL, options, NULL, NULL, err);

    dcnn_buf_clear(file);
    return status;
}

/* The same for what the writer has so far. */
static inline dcnn_status profile_writer(dcnn_model **model, writer *w, const dcnn_model_options *options,
                                         dcnn_error *err)
{
    dcnn_buf file = {0};

    writer_finish(w, &file);
    return profile_file(model, &file, options, err);
}

#endif
