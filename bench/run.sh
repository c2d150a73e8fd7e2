#!/bin/sh
# run.sh BUILD - the benchmark: the examples, the open instances and, where there is reference data, its instances. CSV on
# standard output, and behind it, as comments, what each idea of the solver is worth on those that are soon solved.
set -eu
cd "$(dirname "$0")/.."
build=$1
instances=$(ls bench/instances/*.json)
quick="$instances"
if [ -d "${DCNN_REFERENCE_DIR:-/nonexistent}/instances" ]; then
    instances="$instances $(ls "$DCNN_REFERENCE_DIR"/instances/*.json)"
    quick="$quick $(ls "$DCNN_REFERENCE_DIR"/instances/[ABCDF]_*.json)"
fi
"$build/bench/bench" --runs "${BENCH_RUNS:-3}" --time-limit "${BENCH_SECONDS:-60}" examples/*.json $instances
mkdir -p out
"$build/bench/bench" --runs 1 --time-limit "${BENCH_ABLATION_SECONDS:-5}" --ablation out/ablation.md examples/*.json $quick \
    >/dev/null
sed 's/^/# /' out/ablation.md
