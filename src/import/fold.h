/* fold.h - the elements of small constants that an operator works on. */
#ifndef DCNN_IMPORT_FOLD_H
#define DCNN_IMPORT_FOLD_H

#include "operators.h"

typedef struct {
    const dcnn_number *numbers; /* [count] */
    int64_t count;
    bool real;
} dcnn_operand;

/* Input k as an operand; false when its elements are not known. */
bool dcnn_operand_read(const dcnn_work *work, int k, dcnn_operand *found);

/* Element n of an operand that is as long as the result, or a single number. */
dcnn_number dcnn_operand_at(const dcnn_operand *operand, int64_t n);

#endif
