#!/bin/sh
# run.sh DCNN DCNN-MPI - one, two and three ranks find the same placement, value and bound as one process, to the byte.
set -u
dcnn=$(realpath "$1") together=$(realpath "$2")
command -v mpirun >/dev/null || { echo '1..0 # SKIP mpirun is not here'; exit 0; }
OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
OMPI_MCA_plm_rsh_agent=/bin/false OMPI_MCA_btl_vader_single_copy_mechanism=none
export OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM OMPI_MCA_rmaps_base_oversubscribe OMPI_MCA_plm_rsh_agent \
    OMPI_MCA_btl_vader_single_copy_mechanism
ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 # the MPI library keeps what it has until the program ends
export ASAN_OPTIONS
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1

number=0 failures=0
verdict() { # verdict CODE DESCRIPTION
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then echo "ok $number - $2"; return; fi
    echo "not ok $number - $2"
    failures=1
}

compare() { # compare NAME OPTION... : place NAME.json alone and together
    name=$1
    shift
    "$dcnn" place "$name.json" "$@" -o alone.json >alone.txt
    expected=$?
    for ranks in 1 2 3; do
        mpirun -n "$ranks" "$together" place "$name.json" "$@" -o together.json >together.txt 2>messages.txt
        [ $? -eq $expected ] && cmp -s alone.json together.json
        code=$?
        verdict $code "$name, $ranks ranks"
        if [ $code -ne 0 ]; then sed 's/^/# /' messages.txt; fi
    done
}

"$dcnn" generate --units 800 --area 75 --cnns 8 --model alexnet --model cnn5 --seed 3 -o city.json
"$dcnn" generate --units 50 --cnns 2 --model alexnet --seed 4 -o room.json
compare city --gap 0.0005
compare city
compare room
mpirun -n 2 "$together" place missing.json >/dev/null 2>messages.txt
[ $? -eq 5 ] && [ "$(grep -c '^dcnn: missing.json' messages.txt)" -eq 1 ]
verdict $? 'a missing file is told once'
cat >plan.json <<'EOF'
{"dcnn": "experiment", "version": 1,
 "systems": [{"name": "small", "units": 20, "area_m": "16 m", "draws": 4, "mix": [{"type": "raspberry-pi-3b+", "share": 1}]}],
 "settings": [{"name": "two", "cnns": 2, "models": ["cnn5"], "layers_per_unit_first": 1, "layers_per_unit_last": 3}]}
EOF
"$dcnn" experiment plan.json -o alone --no-plots >alone.txt
for ranks in 1 2 3; do
    mpirun -n "$ranks" "$together" experiment plan.json -o "ranks$ranks" --threads 1 --no-plots >together.txt 2>messages.txt
    code=$?
    for file in results.csv summary.csv summary.md plan.json plots/latency.dat plots/spread.gp; do
        cmp -s "alone/$file" "ranks$ranks/$file" || code=1
    done
    verdict $code "an experiment, $ranks ranks"
done
mpirun -n 2 "$together" experiment plan.json -o ranks2 --threads 1 >/dev/null 2>messages.txt
[ $? -eq 5 ] && grep -q '^dcnn: ranks2/rank-1-of-2/journal: exists already' messages.txt
verdict $? 'an experiment with a journal is refused by all ranks'
echo "1..$number"
exit $failures
