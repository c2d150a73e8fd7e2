#include "base.h"
#include <stdio.h>
#include <string.h>

const char *dcnn_status_text(dcnn_status status)
{
    switch (status) {
    case DCNN_OK:
        return "success";
    case DCNN_E_MEMORY:
        return "out of memory";
    case DCNN_E_IO:
        return "a file cannot be read or written";
    case DCNN_E_SYNTAX:
        return "a text is not well formed";
    case DCNN_E_VALUE:
        return "a value is missing, unknown or out of range";
    case DCNN_E_ARGUMENT:
        return "an argument is out of range";
    case DCNN_E_INFEASIBLE:
        return "nothing satisfies the request";
    case DCNN_E_INTERNAL:
        return "a bug in this library";
    }
    return "unknown status";
}

const char *dcnn_version(void)
{
    return DCNN_VERSION;
}

dcnn_status dcnn_fail(dcnn_error *err, dcnn_status code, const char *where, const char *format, ...)
{
    va_list args;

    if (!err) return code;
    memset(err, 0, sizeof *err);
    err->code = code;
    (void)snprintf(err->where, sizeof err->where, "%s", where);
    va_start(args, format);
    (void)vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    return code;
}

dcnn_status dcnn_fail_memory(dcnn_error *err)
{
    return dcnn_fail(err, DCNN_E_MEMORY, "", "out of memory");
}
