#!/bin/sh
# check.sh - every test of the project, in stages; goes on after a failure and ends with the totals.
# A stage that is no test program counts as one.
set -u
cd "$(dirname "$0")/.." || exit

passed=0 failed=0 skipped=0
stage_names=

begin() {
    stage=$1
    started=$(date +%s)
    printf '\n== %s\n' "$stage"
}

end() { # end VERDICT: one of passed, failed, skipped
    eval "$1=\$(($1 + 1))"
    note "$1"
}

note() {
    stage_names="$stage_names$(printf '%4d s  %-8s %s' $(($(date +%s) - started)) "$1" "$stage")
"
}

simple() { # simple NAME COMMAND...: one verdict for one command
    begin "$1"
    shift
    if "$@"; then end passed; else end failed; fi
}

targets= # what is built; nothing = all
build() { # build DIRECTORY OPTION...: configured once, rebuilt when sources changed
    dir=$1
    shift
    if [ -f "$dir/build.ninja" ]; then set -- --reconfigure "$@"; fi
    meson setup "$dir" "$@" >"$dir.log" 2>&1 || { cat "$dir.log"; return 1; }
    rm -f "$dir.log"
    ninja --quiet -C "$dir" $targets
}

run_tests() { # run_tests DIRECTORY OPTION...: adds up what meson counted
    dir=$1
    shift
    log=$dir/check.log
    meson test -C "$dir" --no-rebuild --print-errorlogs "$@" >"$log" 2>&1
    verdict=$?
    sed -n '/^ *[0-9]*\/[0-9]* /p' "$log"
    if [ $verdict -ne 0 ]; then sed '/^ *[0-9]*\/[0-9]* /d' "$log"; fi
    count() { sed -n "s/^$1: *\([0-9]*\) *\$/\1/p" "$log" | tail -n 1; }
    ok=$(count Ok) bad=$(($(count Fail) + 0)) late=$(($(count Timeout) + 0)) left=$(count Skipped)
    passed=$((passed + ${ok:-0})) skipped=$((skipped + ${left:-0}))
    if [ $verdict -ne 0 ] && [ $((bad + late)) -eq 0 ]; then bad=1; fi
    failed=$((failed + bad + late))
    if [ $verdict -eq 0 ]; then note passed; else note failed; fi
}

tested() { # tested NAME DIRECTORY SETUP-OPTIONS -- TEST-OPTIONS
    begin "$1"
    dir=$2
    shift 2
    setup=
    while [ "$1" != -- ]; do setup="$setup $1"; shift; done
    shift
    if build "$dir" $setup; then run_tests "$dir" "$@"; else end failed; fi
}

check_format() {
    sources=$(find src include tests examples bench experiments -name '*.[ch]')
    clang-format --dry-run -Werror $sources
}

begin 'format'
if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
    if check_format; then end passed; else end failed; fi
else
    echo 'skipped: clang-format 14 decides the layout, and it is not here'
    end skipped
fi

tested 'gcc, warnings are errors' build-check-gcc --werror -Dtests=enabled -Dman=enabled --

export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export DCNN_PROPERTY_SHARE=16 # all seeds have been tried without sanitizers
tested 'address and undefined-behaviour sanitizers' build-check-asan \
    -Dbuildtype=debugoptimized -Db_ndebug=false -Db_sanitize=address,undefined -Dtests=enabled -- --no-suite install --no-suite tools --no-suite browser

targets=tests/reach/test_reach
tested 'thread sanitizer' build-check-tsan \
    -Dbuildtype=debugoptimized -Db_sanitize=thread -Db_lundef=false -Dtests=enabled -Dman=disabled -- --suite threads
targets=

if command -v valgrind >/dev/null; then
    begin 'valgrind'
    run_tests build-check-gcc --suite unit --timeout-multiplier 10 \
        --wrapper 'valgrind --quiet --leak-check=full --error-exitcode=99'
fi

CC=clang simple 'clang without warnings' build build-check-clang --werror -Dtests=enabled

printf '\n%s\n%d passed, %d failed, %d skipped\n' "$stage_names" $passed $failed $skipped
[ $failed -eq 0 ]
