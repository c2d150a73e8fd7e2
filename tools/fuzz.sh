#!/bin/sh
# fuzz.sh BUILD-DIRECTORY SECONDS RUNS - feeds broken input to every fuzz target, for so many seconds or, when RUNS is not
# 0, so many times; with the address and undefined-behaviour sanitizers. FUZZ_TARGETS names the targets, all by default.
# What it learns is kept in BUILD-DIRECTORY/corpus; an input that breaks a target stays in BUILD-DIRECTORY.
set -eu
cd "$(dirname "$0")/.."
build=$1 seconds=$2 runs=$3 root=$PWD

if [ ! -f "$build/build.ninja" ]; then
    CC=clang meson setup "$build" -Dfuzz=true -Dtests=disabled -Dman=disabled -Dbuildtype=debugoptimized \
        -Db_ndebug=false -Db_lundef=false -Db_sanitize=address,undefined
fi
ninja --quiet -C "$build"

export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
cd "$build"
if [ "$runs" -gt 0 ]; then limit=-runs=$runs; else limit=-max_total_time=$seconds; fi
for target in tests/fuzz/fuzz_*; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    name=${target##*/fuzz_}
    case " ${FUZZ_TARGETS:-$name} " in *" $name "*) ;; *) continue ;; esac
    mkdir -p "corpus/$name"
    [ -d "$root/tests/fuzz/corpus/$name" ] && seeds=$root/tests/fuzz/corpus/$name || seeds=
    words=$root/tests/fuzz/$name.dict
    [ -f "$words" ] && words=-dict=$words || words=
    printf '%s: %s\n' "$name" "$limit"
    "$target" "$limit" -rss_limit_mb=2048 -timeout=10 -print_final_stats=1 -verbosity=0 $words "corpus/$name" $seeds
done
