/* words.h - the words of the placement file, in the order of their enumerations. */
#ifndef DCNN_PLACEMENT_WORDS_H
#define DCNN_PLACEMENT_WORDS_H

enum { DCNN_PROOF_COUNT = 3, DCNN_STOP_COUNT = 5, DCNN_OBJECTIVE_COUNT = 2, DCNN_LIMIT_COUNT = 6 };

extern const char *const dcnn_proof_words[DCNN_PROOF_COUNT];
extern const char *const dcnn_stop_words[DCNN_STOP_COUNT];
extern const char *const dcnn_objective_words[DCNN_OBJECTIVE_COUNT];
extern const char *const dcnn_limit_words[DCNN_LIMIT_COUNT];

/* The key by which a limit names what it belongs to: a unit's or CNN's id, or the number of a shared group. NULL = it
 * belongs to nothing. */
extern const char *const dcnn_limit_keys[DCNN_LIMIT_COUNT];

#endif
