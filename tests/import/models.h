/* models.h - the catalogue's architectures as ONNX files, written down once more, and other small models. */
#ifndef DCNN_TEST_MODELS_H
#define DCNN_TEST_MODELS_H

#include "writer.h"

/* One of "alexnet", "alexnet-ee", "cnn5", "cnn5-ee", "resnet-18", "resnet-101", "resnet-152", or of the small ones
 * (see model_names). The tensors behind which the catalogue cuts are called "cut1", "cut2", ...; the exit is "gate". */
bool model_write(const char *name, writer_weights weights, dcnn_buf *file);

/* Names of all models, NULL at the end: the catalogue's first. */
extern const char *const model_names[];

#endif
