#!/bin/sh
# gallery.sh BUILD - draws the pictures of docs/gallery.md again. The map of three AlexNets is drawn by `make docs`.
# What is drawn of a Freifunk mesh goes to out/gallery: those maps are others' data.
set -eu
cd "$(dirname "$0")/.."
PATH=$(cd "$1" && pwd)/src/cli:$PATH
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

picture() { # picture SCENARIO FILE [DRAW-OPTION...]
    scenario=$1 file=$2
    shift 2
    dcnn place "$scenario" -o "$scratch/placement.json" >"$scratch/summary"
    dcnn draw "$scenario" "$scratch/placement.json" -o "$file" "$@"
    printf '%-32s %4d KiB  %s\n' "$file" $(($(wc -c <"$file") / 1024)) "$(grep '^proof' "$scratch/summary")"
}

mkdir -p docs/gallery out/gallery
for name in two-cameras one-alexnet early-exit mixed; do
    picture "examples/$name.json" "docs/gallery/$name.svg"
done
picture examples/one-alexnet.json docs/gallery/range-circles.svg --range-circles
dcnn generate --units 1000 --area 130 --cnns 5 --model alexnet-ee --seed 1 -o "$scratch/thousand.json"
picture "$scratch/thousand.json" docs/gallery/thousand.svg

mesh=${DCNN_REFERENCE_DIR:-none}/topologies/freifunk-leipzig.json
if [ -f "$mesh" ]; then
    dcnn import-network "$mesh" --largest --layers-per-unit 2 --cnns 3 --model alexnet-ee -o "$scratch/mesh.json" 2>"$scratch/told"
    picture "$scratch/mesh.json" out/gallery/freifunk-leipzig.svg
else
    echo 'skipped: no map of a Freifunk mesh here (DCNN_REFERENCE_DIR)'
fi
