#include "experiment/files.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

dcnn_status dcnn_folder_make(const char *path, dcnn_error *err)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST) return DCNN_OK;
    return dcnn_fail(err, DCNN_E_IO, path, "%s", strerror(errno));
}

dcnn_status dcnn_folder_save(const char *folder, const char *name, const dcnn_buf *text, dcnn_error *err)
{
    dcnn_buf path = {0};
    dcnn_status status;

    dcnn_buf_format(&path, "%s/%s", folder, name);
    if (path.failed || text->failed)
        status = dcnn_fail_memory(err);
    else
        status = dcnn_file_save(path.data, text->data ? text->data : "", text->size, err);
    dcnn_buf_clear(&path);
    return status;
}
