#include "words.h"
#include <dcnn/certificate.h>

const char *const dcnn_price_words[DCNN_PRICE_KIND_COUNT] = {[DCNN_PRICE_LAYERS] = "layers",
                                                             [DCNN_PRICE_MEMORY] = "memory",
                                                             [DCNN_PRICE_OPS] = "ops",
                                                             [DCNN_PRICE_SHARED] = "shared"};
