/* small_models.h - the small models of models.h. */
#ifndef DCNN_TEST_SMALL_MODELS_H
#define DCNN_TEST_SMALL_MODELS_H

#include "writer.h"

void small_branches(dcnn_buf *file, writer_weights weights);
void small_quantized(dcnn_buf *file, writer_weights weights);
void small_resized(dcnn_buf *file, writer_weights weights);
void small_rearranged(dcnn_buf *file, writer_weights weights);

#endif
