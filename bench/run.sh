#!/bin/sh
# run.sh BUILD - the benchmark: the examples and, where there is reference data, its instances. CSV on standard output.
set -eu
cd "$(dirname "$0")/.."
build=$1
instances=$(ls bench/instances/*.json)
if [ -d "${DCNN_REFERENCE_DIR:-/nonexistent}/instances" ]; then instances="$instances $(ls "$DCNN_REFERENCE_DIR"/instances/*.json)"; fi
exec "$build/bench/bench" --runs "${BENCH_RUNS:-3}" --time-limit "${BENCH_SECONDS:-60}" examples/*.json $instances
