/* output.c - output files are written whole or not at all, whatever fails on the way. */
#include "base/base.h"
#include <dcnn/file.h>
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { FULL_AT_BYTES = 1 << 16 };

static char folder[] = "/tmp/dcnn-output-XXXXXX";
static char target[64];

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder)) return -1;
    (void)snprintf(target, sizeof target, "%s/placement.json", folder);
    (void)signal(SIGXFSZ, SIG_IGN);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    (void)unlink(target);
    return rmdir(folder);
}

static int files_in_folder(void)
{
    DIR *listing = opendir(folder);
    int count = 0;

    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) count += entry->d_name[0] != '.';
    (void)closedir(listing);
    return count;
}

static void assert_target_holds(const char *content)
{
    dcnn_buf found = {0};

    assert_int_equal(dcnn_file_load(&found, target, 0, NULL), DCNN_OK);
    assert_string_equal(found.data, content);
    dcnn_buf_clear(&found);
}

/* A disk that is full behind so many bytes, as far as this process can tell. */
static void fill_disk(rlim_t room_bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = room_bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void free_disk(void)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void test_full_disk_leaves_the_old_file(void **state)
{
    char *large = malloc(2 * FULL_AT_BYTES);
    dcnn_error err;
    dcnn_status status;

    (void)state;
    assert_non_null(large);
    memset(large, 'x', 2 * FULL_AT_BYTES);
    assert_int_equal(dcnn_file_save(target, "old", 3, NULL), DCNN_OK);
    for (rlim_t room = 0; room <= FULL_AT_BYTES; room += FULL_AT_BYTES / 4) {
        fill_disk(room);
        status = dcnn_file_save(target, large, 2 * FULL_AT_BYTES, &err);
        free_disk();
        assert_int_equal(status, DCNN_E_IO);
        assert_string_equal(err.text, "cannot write: File too large");
        assert_target_holds("old");
        assert_int_equal(files_in_folder(), 1);
    }
    free(large);
}

static void test_full_disk_leaves_nothing(void **state)
{
    dcnn_status status;

    (void)state;
    (void)unlink(target);
    fill_disk(1);
    status = dcnn_file_save(target, "new", 3, NULL);
    free_disk();
    assert_int_equal(status, DCNN_E_IO);
    assert_int_equal(files_in_folder(), 0);
}

static void test_permissions_outlive_the_file(void **state)
{
    struct stat found;

    (void)state;
    assert_int_equal(dcnn_file_save(target, "old", 3, NULL), DCNN_OK);
    assert_int_equal(chmod(target, 0640), 0);
    assert_int_equal(dcnn_file_save(target, "new", 3, NULL), DCNN_OK);
    assert_int_equal(stat(target, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0640);
    assert_target_holds("new");
}

static void test_devices_are_written_straight(void **state)
{
    dcnn_error err;

    (void)state;
    assert_int_equal(dcnn_file_save("/dev/null", "x", 1, NULL), DCNN_OK);
    assert_int_equal(dcnn_file_save("/dev/full", "x", 1, &err), DCNN_E_IO);
    assert_string_equal(err.where, "/dev/full");
    assert_string_equal(err.text, "cannot write: No space left on device");
}

static void test_folders_are_refused(void **state)
{
    (void)state;
    assert_int_equal(dcnn_file_save(folder, "x", 1, NULL), DCNN_E_IO);
    assert_int_equal(dcnn_file_save("/nowhere/at/all", "x", 1, NULL), DCNN_E_IO);
    assert_int_equal(dcnn_file_save("", "x", 1, NULL), DCNN_E_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_disk_leaves_the_old_file), cmocka_unit_test(test_full_disk_leaves_nothing),
        cmocka_unit_test(test_permissions_outlive_the_file), cmocka_unit_test(test_devices_are_written_straight),
        cmocka_unit_test(test_folders_are_refused)};

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
