#!/bin/sh
# make_instances.sh BUILD [DIR] - writes the open benchmark set again: scenarios, the same as compressed MPS, and optima.csv.
#
# Everything comes from a seed. An optimum is proven by dcnn, and the placement checked by code of its own; an instance that
# is not proven within BENCH_SECONDS (60) is written with the status best-known.
set -eu
cd "$(dirname "$0")/.."
dcnn=$1/src/cli/dcnn dir=${2:-bench/instances}
mkdir -p "$dir"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo instance,status,value_ns,bound_ns >"$dir/optima.csv"

# make NAME OPTION... - an instance of what the options generate
make()
{
    name=$1
    shift
    "$dcnn" generate "$@" -o "$dir/$name.json"
    "$dcnn" export "$dir/$name.json" --format mps -o - | xz -9 -T1 >"$dir/$name.mps.xz"
    "$dcnn" place "$dir/$name.json" --time-limit "${BENCH_SECONDS:-60}" -o "$scratch/p.json" >/dev/null || true
    "$dcnn" check "$dir/$name.json" "$scratch/p.json" >/dev/null
    awk -F '[:,]' -v name="$name" '
        $1 ~ /^  "proof"/ { status = $2 ~ /optimal/ ? "optimal" : "best-known" }
        $1 ~ /^  "value_ns"/ { value = $2 + 0 }
        $1 ~ /^  "bound_ns"/ { bound = $2 + 0 }
        END { printf "%s,%s,%.0f,%.0f\n", name, status, value, bound }
    ' "$scratch/p.json" | tee -a "$dir/optima.csv"
}

make o01-alexnet-L1 --cnns 1 --model alexnet --seed 101
make o02-alexnet-ee-L2 --cnns 1 --model alexnet-ee --layers-per-unit 2 --seed 102
make o03-resnet18-L1 --cnns 1 --model resnet-18 --seed 103
make o04-cnn5-mixed-L2 --cnns 4 --model cnn5 --model cnn5-ee --layers-per-unit 2 --seed 104
make o05-2alexnet-L1 --cnns 2 --model alexnet --seed 105
make o06-3alexnet-L1 --cnns 3 --model alexnet --seed 106
make o07-3alexnet-L1 --cnns 3 --model alexnet --seed 107
make o08-3alexnet-L2 --cnns 3 --model alexnet --layers-per-unit 2 --seed 108
make o09-3alexnet-L4 --cnns 3 --model alexnet --layers-per-unit 4 --seed 109
make o10-5alexnet-L1 --cnns 5 --model alexnet --units 60 --seed 110
make o11-mixed-L1 --cnns 3 --model alexnet-ee --model resnet-18 --units 60 --seed 111
make o12-4alexnet-any --cnns 4 --model alexnet --layers-per-unit 0 --mix orange-pi-zero=0.8 --mix beaglebone-ai=0.1 --mix raspberry-pi-3b+=0.1 --seed 112
