#!/bin/sh
# fuzz.sh BUILD-DIRECTORY SECONDS - runs every fuzz target for so long, with the address and undefined-behaviour sanitizers.
# What it learns is kept in BUILD-DIRECTORY/corpus; an input that breaks a target stays in BUILD-DIRECTORY.
set -eu
cd "$(dirname "$0")/.."
build=$1 seconds=$2 root=$PWD

if [ ! -f "$build/build.ninja" ]; then
    CC=clang meson setup "$build" -Dfuzz=true -Dtests=disabled -Dman=disabled -Dbuildtype=debugoptimized \
        -Db_ndebug=false -Db_lundef=false -Db_sanitize=address,undefined
fi
ninja --quiet -C "$build"

cd "$build"
for target in tests/fuzz/fuzz_*; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    name=${target##*/fuzz_}
    mkdir -p "corpus/$name"
    [ -d "$root/tests/fuzz/corpus/$name" ] && seeds=$root/tests/fuzz/corpus/$name || seeds=
    words=$root/tests/fuzz/$name.dict
    [ -f "$words" ] && words=-dict=$words || words=
    printf '%s: %s seconds\n' "$name" "$seconds"
    "$target" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -print_final_stats=1 -verbosity=0 $words \
        "corpus/$name" $seeds
done
