/* words.h - the words of the placement file, in the order of their enumerations. */
#ifndef DCNN_PLACEMENT_WORDS_H
#define DCNN_PLACEMENT_WORDS_H

enum { DCNN_PROOF_COUNT = 3, DCNN_STOP_COUNT = 5, DCNN_OBJECTIVE_COUNT = 2, DCNN_LIMIT_COUNT = 6, DCNN_CURE_COUNT = 8 };

extern const char *const dcnn_proof_words[DCNN_PROOF_COUNT];
extern const char *const dcnn_stop_words[DCNN_STOP_COUNT];
extern const char *const dcnn_objective_words[DCNN_OBJECTIVE_COUNT];
extern const char *const dcnn_limit_words[DCNN_LIMIT_COUNT];
extern const char *const dcnn_cure_words[DCNN_CURE_COUNT];

/* The key by which limits name what they belong to: ids of units or CNNs, or numbers of shared groups. NULL = they
 * belong to nothing. */
extern const char *const dcnn_limit_keys[DCNN_LIMIT_COUNT];

#endif
