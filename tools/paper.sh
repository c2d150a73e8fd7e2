#!/bin/sh
# paper.sh BUILD DIRECTORY - places all that the paper's tables 4 to 8 need, as the paper defines it and as its figures were
# made, and sets the printed figures beside ours; then measures each slip alone. Goes on where an earlier run was stopped.
set -eu
build=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
cd "$(dirname "$0")/../experiments"
[ -f "$out/runs.csv" ] || echo part,plan,solves,seconds >"$out/runs.csv"

lines() { if [ -f "$1" ]; then wc -l <"$1"; else echo 1; fi; } # the first line of a journal is no solve

place() { # place PART PLAN...: each into a folder of its name
    part=$1
    shift
    for plan in "$@"; do
        printf '== %s\n' "$plan"
        before=$(lines "$out/$plan/journal") begun=$(date +%s)
        "$build/src/cli/dcnn" experiment "$plan.json" -o "$out/$plan" --resume --progress >"$out/$plan.txt"
        echo "$part,$plan,$(($(lines "$out/$plan/journal") - before)),$(($(date +%s) - begun))" >>"$out/runs.csv"
    done
}

place defined table4 table5 table6 table7 table8
place published table4-published table5-published table6-published table7-published table8-published

results=
for table in 4 5 6 7 8; do
    for kind in '' -published; do results="$results $out/table$table$kind/results.csv"; done
done
# shellcheck disable=SC2086 # a list of files
awk -f report.awk -v csv="$out/report.csv" printed.csv "$out/runs.csv" $results >"$out/report.md"
sed -n '/^## Agreement/,/^## Why/p' "$out/report.md" | sed '$d'

place erratum erratum erratum-system1
{
    awk -f erratum.awk "$out/erratum/results.csv" "$out/erratum-system1/results.csv"
    echo
    "$build/experiments/measure_distances"
    echo
    for cnn in resnet101=resnet-101 resnet152=resnet-152 alex=alexnet; do
        "$build/src/cli/dcnn" catalog "paper/${cnn%=*}" >"$out/published.txt"
        "$build/src/cli/dcnn" catalog "${cnn#*=}" >"$out/true.txt"
        awk -f layers.awk "$out/published.txt" "$out/true.txt"
        echo
    done
} >"$out/erratum.md"
echo "$out/report.md $out/erratum.md"
