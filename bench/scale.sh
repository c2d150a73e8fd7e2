#!/bin/sh
# scale.sh BUILD [DIR] - how far the solver reaches: CSV, a table and log-log plots with fitted exponents in DIR (out/scale).
#
# Systems of about 20 neighbours a unit, the catalogue's default mix of units, AlexNet, early-exit AlexNet and ResNet-18
# in turn, one layer a unit. Every answer is checked. SCALE_THREADS=2 threads; SCALE_MOST=1000000 leaves larger systems out.
set -eu
cd "$(dirname "$0")/.."
build=$1 out=${2:-out/scale}
dcnn=$build/src/cli/dcnn threads=${SCALE_THREADS:-2} most=${SCALE_MOST:-1000000}
mkdir -p "$out"
csv=$out/scale.csv
echo series,units,cnns,threads,gap_asked,limit_s,generate_s,read_s,search_s,user_s,peak_bytes,gap,proof,check >"$csv"

seconds() { date +%s.%N; }

# run SERIES UNITS CNNS GAP LIMIT [SEED] - one line of the CSV
run()
{
    series=$1 units=$2 cnns=$3 gap=$4 limit=$5 seed=${6:-1}
    [ "$units" -le "$most" ] || return 0
    area=$(awk -v n="$units" 'BEGIN { printf "%.3f", sqrt(n * 3.14159265 * 7.5 * 7.5 / 20) }')
    before=$(seconds)
    "$dcnn" generate --units "$units" --cnns "$cnns" --seed "$seed" --model alexnet --model alexnet-ee --model resnet-18 --area "$area" \
        -o "$out/system.json"
    generate=$(awk -v a="$before" -v b="$(seconds)" 'BEGIN { print b - a }')
    place "$out/system.json"
}

place()
{
    /usr/bin/time -o "$out/time" -f '%e %U %M' "$dcnn" place "$1" --threads "$threads" --gap "$gap" --time-limit "$limit" \
        -o "$out/placement.json" >"$out/summary" || true
    if "$dcnn" check "$1" "$out/placement.json" >/dev/null; then check=holds; else check=broken; fi
    awk -v head="$series,$units,$cnns,$threads,$gap,$limit,$generate" -v check="$check" '
        FILENAME ~ /time$/ && NF == 3 { elapsed = $1; user = $2; peak = $3 * 1024 }
        $1 == "bound" { gap = $5 / 100 }
        $1 == "proof" { sub(/:$/, "", $2); proof = $2 }
        $1 == "search" { search = $2 }
        END { printf "%s,%.2f,%.3f,%s,%.0f,%s,%s,%s\n", head, elapsed - search, search, user, peak, gap, proof, check }
    ' "$out/time" "$out/summary" | tee -a "$csv" >&2
}

# What is asked for: units, CNNs, gap, seconds.
run bar 1000 20 0.001 10
run bar 10000 100 0.005 30
run bar 100000 1000 0.01 180
run bar 1000000 10 0.01 60

# A third of the fastest units taken, and all of them.
run contended 10000 45 0.001 30
run contended 10000 300 0.001 60
run contended 1000 60 0.001 60

# Time to a gap of 1 %: against units with 10 CNNs, against CNNs with 100 units each. Few CNNs come below it by luck, so
# each size is drawn three times.
for units in 1000 3162 10000 31623 100000 316228 1000000; do
    for seed in 1 2 3; do run units $units 10 0.01 600 $seed; done
done
for cnns in 10 32 100 316 1000; do
    for seed in 1 2 3; do run cnns $((cnns * 100)) $cnns 0.01 600 $seed; done
done

# Real meshes, proven.
for mesh in leipzig ulm bielefeld berlin; do
    [ -f "${DCNN_REFERENCE_DIR:-/nonexistent}/topologies/freifunk-$mesh.json" ] || continue
    "$dcnn" import-network "$DCNN_REFERENCE_DIR/topologies/freifunk-$mesh.json" --largest --layers-per-unit 2 --cnns 3 \
        --model alexnet-ee -o "$out/system.json" 2>/dev/null
    series=mesh-$mesh units=$(grep -c '"type"' "$out/system.json") cnns=3 gap=0 limit=60 generate=0
    place "$out/system.json"
done

column -s , -t "$csv" >"$out/scale.txt"
if command -v gnuplot >/dev/null; then
    gnuplot -e "csv='$csv'; dir='$out'" bench/scale.gp 2>"$out/fit.txt"
    cat "$out/exponents.txt" >>"$out/scale.txt"
fi
rm -f "$out/system.json" "$out/placement.json" "$out/time" "$out/summary"
cat "$out/scale.txt"
