/* folder.h - the folder of a small experiment, and files of it damaged on purpose. */
#ifndef DCNN_TEST_RESULTS_FOLDER_H
#define DCNN_TEST_RESULTS_FOLDER_H

#include "base/base.h"
#include <dcnn/experiment.h>
#include <dcnn/results.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/dcnn-results-XXXXXX";

static inline const char *folder_path(const char *name)
{
    static char path[128];

    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static inline int folder_make(void **state)
{
    static const char text[] =
        "{\"dcnn\":\"experiment\",\"version\":1,\"name\":\"A & "
        "<b>\",\"node_limit\":1,\"systems\":[{\"name\":\"first\",\"units\":20,"
        "\"area_m\":\"16 "
        "m\",\"draws\":6,\"mix\":[{\"type\":\"stm32h7\",\"share\":1},{\"type\":\"odroid\",\"share\":1}]},"
        "{\"name\":\"second\",\"units\":9,\"area_m\":\"9 m\"}],"
        "\"settings\":[{\"name\":\"one\",\"models\":[\"cnn5\"],\"layers_per_unit_first\":0,\"layers_per_unit_last\":3},"
        "{\"name\":\"two\",\"cnns\":2,\"models\":[\"cnn5-ee\",\"alexnet\"],\"objective\":\"max\"},"
        "{\"name\":\"never\",\"models\":[\"resnet-152\"],\"layers_per_unit_first\":1}]}";
    dcnn_experiment_options options = {.threads = 1};
    dcnn_plan *plan = NULL;
    dcnn_error err = {0};

    (void)state;
    if (!mkdtemp(folder) || dcnn_file_save(folder_path("plan.json"), text, sizeof text - 1, &err) ||
        dcnn_plan_read(&plan, folder_path("plan.json"), NULL, NULL, &err) ||
        dcnn_experiment_run(plan, folder, &options, &err))
        print_error("%s: %s\n", err.where, err.text);
    dcnn_plan_free(plan);
    return err.code != DCNN_OK;
}

/* With all in it, and one folder deep below. */
static inline int remove_folder(const char *path)
{
    DIR *listing = opendir(path);
    struct dirent *entry;

    while (listing && (entry = readdir(listing))) {
        dcnn_buf below = {0};
        dcnn_buf_format(&below, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.' && remove(below.data)) (void)remove_folder(below.data);
        dcnn_buf_clear(&below);
    }
    if (listing) (void)closedir(listing);
    return rmdir(path);
}

static inline int folder_remove(void **state)
{
    (void)state;
    return remove_folder(folder);
}

static inline void folder_load(dcnn_buf *text, const char *name)
{
    assert_int_equal(dcnn_file_load(text, folder_path(name), 0, NULL), DCNN_OK);
}

static inline void folder_save(const char *name, const char *bytes, size_t size)
{
    FILE *file = fopen(folder_path(name), "wb"); /* dcnn_file_save would sync, thousands of times */

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

#endif
