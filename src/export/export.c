#include "program.h"

static dcnn_status write_program(dcnn_buf *text, const dcnn_choices *choices, dcnn_export_format format,
                                 dcnn_export_form form, dcnn_error *err)
{
    dcnn_program program = {0};
    dcnn_status status = dcnn_formulate(&program, choices, form, err);

    if (!status && format == DCNN_EXPORT_LP) dcnn_write_lp(text, &program);
    if (!status && format == DCNN_EXPORT_MPS && dcnn_write_mps(text, &program)) status = dcnn_fail_memory(err);
    dcnn_program_clear(&program);
    return status;
}

dcnn_status dcnn_export(char **text, size_t *size, const dcnn_scenario *scenario, dcnn_export_format format,
                        dcnn_export_form form, dcnn_error *err)
{
    dcnn_choices *choices = NULL;
    dcnn_buf written = {0};
    dcnn_status status;

    *text = NULL;
    *size = 0;
    if ((status = dcnn_choices_new(&choices, scenario, err))) return status;
    status = format == DCNN_EXPORT_WCSP ? dcnn_write_wcsp(&written, choices, err)
                                        : write_program(&written, choices, format, form, err);
    if (!status && written.failed) status = dcnn_fail_memory(err);
    dcnn_choices_free(choices);
    if (status) {
        dcnn_buf_clear(&written);
        return status;
    }
    *text = written.data;
    *size = written.size;
    return DCNN_OK;
}
