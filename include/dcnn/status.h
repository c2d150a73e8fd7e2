/* status.h - what went wrong, where, in one sentence.
 *
 * Every function of the library that can fail returns a dcnn_status and fills a dcnn_error owned by the caller.
 * The library never prints, exits or aborts. */
#ifndef DCNN_STATUS_H
#define DCNN_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    DCNN_OK = 0,
    DCNN_E_MEMORY,     /* out of memory */
    DCNN_E_IO,         /* a file cannot be read or written */
    DCNN_E_SYNTAX,     /* a text or file is not well formed */
    DCNN_E_VALUE,      /* a value is missing, unknown or out of range */
    DCNN_E_ARGUMENT,   /* the caller asked for something impossible (an option out of range) */
    DCNN_E_INFEASIBLE, /* the request is well formed but nothing satisfies it */
    DCNN_E_INTERNAL    /* a bug in this library */
} dcnn_status;

/* One fault. Strings are always terminated; longer texts are cut. */
typedef struct {
    dcnn_status code;
    int line, column; /* 1-based; 0 when the fault has no such position */
    char where[256];  /* file, and where known the path inside it: "city.json: units[3].memory_bytes"; may be "" */
    char text[512];   /* one sentence: what was found, what was expected */
} dcnn_error;

/* Called once for every fault of a file, in file order; *fault is valid during the call only. */
typedef void (*dcnn_fault_fn)(void *user, const dcnn_error *fault);

/* Short constant text for a code ("out of memory"); never NULL. */
const char *dcnn_status_text(dcnn_status status);

/* The library's version, as in the VERSION file: "0.1.0". */
const char *dcnn_version(void);

#ifdef __cplusplus
}
#endif
#endif
