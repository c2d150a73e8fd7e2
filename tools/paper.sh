#!/bin/sh
# paper.sh DCNN DIRECTORY - places all that the paper's tables 4 to 8 need, as the paper defines it and as its figures were
# made, and sets the printed figures beside ours. Goes on where an earlier run was stopped.
set -eu
dcnn=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
cd "$(dirname "$0")/../experiments"

place() { # place PLAN...: each into a folder of its name
    begun=$(date +%s)
    for plan in "$@"; do
        printf '== %s\n' "$plan"
        "$dcnn" experiment "$plan.json" -o "$out/$plan" --resume --progress >"$out/$plan.txt"
    done
    printf '%s: %d s\n' "$*" $(($(date +%s) - begun))
}

place table4 table5 table6 table7 table8
place table4-published table5-published table6-published table7-published table8-published

results=
for table in 4 5 6 7 8; do
    for kind in '' -published; do results="$results $out/table$table$kind/results.csv"; done
done
# shellcheck disable=SC2086 # a list of files
awk -f report.awk -v csv="$out/report.csv" printed.csv $results >"$out/report.md"
place erratum
awk -f erratum.awk "$out/erratum/results.csv" >"$out/erratum.md"
echo "$out/report.md $out/erratum.md"
