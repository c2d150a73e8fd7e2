#!/bin/sh
# peers.sh BUILD [DIR] - dcnn and other solvers on the same instances in the same run, one thread each.
#
# DIR (out/peers) gets peers.csv and peers.txt. A run that was broken off goes on where it stopped: what is in the CSV is not
# measured again; remove the file to start afresh.
#
#   BENCH_FAMILIES=ABCF   instances whose names start with one of these (ABCDEFGo; o = the open set in bench/instances)
#   BENCH_SOLVERS="..."   of dcnn toulbar2 cbc glpk highs
#   BENCH_FORMS="..."     formulations each linear solver is given (pairs links): the better one counts
#   BENCH_RUNS=5          of dcnn, in one process; the middle one counts
#   BENCH_SECONDS=60      limit; five times as much on the families E and G
#   BENCH_RACE=1          once a peer has finished, the others get no more than a second beyond its time: who is the best
#                         peer, and by how much, is the same, and it takes a third of the time
#
# Times are without starting the process and reading the file, for all: dcnn, CBC, toulbar2 and HiGHS tell their own; of
# GLPK the time of a run that only reads is taken off. A solver that does not finish counts with the limit, one that fails
# or cannot be given the instance is listed with the reason and counts with the limit too.
set -eu
cd "$(dirname "$0")/.."
build=$1 out=${2:-out/peers}
families=${BENCH_FAMILIES:-ABCDEFGo} solvers=${BENCH_SOLVERS:-dcnn toulbar2 cbc glpk highs} forms=${BENCH_FORMS:-pairs links}
mkdir -p "$out"
out=$(cd "$out" && pwd)
dcnn=$(cd "$build" && pwd)/src/cli/dcnn bench=$(cd "$build" && pwd)/bench/bench
csv=$out/peers.csv
[ -f "$csv" ] || echo instance,solver,form,limit_s,status,value_ms,bound_ms,elapsed_s >"$csv"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

case " $solvers " in *" highs "*)
    [ -d "$out/node_modules/highs" ] || npm install --silent --no-audit --no-fund --prefix "$out" highs@1.15.3 >/dev/null || true ;;
esac

now() { date +%s.%N; }

# Each prints "status,value_ms,bound_ms,elapsed_s" of one run. Log and problem are in $scratch.
run_dcnn()
{
    "$bench" --runs "${BENCH_RUNS:-5}" --time-limit "$limit" "$file" >"$scratch/log" || true
    awk -F , -v limit="$limit" 'NR > 2 { printf "%s,%.6f,%.6f,%s\n", $5 == "none" ? "limit" : $5, $6 / 1e6, $7 / 1e6, $10; found = 1 }
        END { if (!found) printf "failed,,,%s\n", limit }' "$scratch/log"
}

run_toulbar2()
{
    timeout $((limit + 30)) toulbar2 "$scratch/p.wcsp" -timer="$limit" >"$scratch/log" 2>&1 || true
    awk -v limit="$limit" '
        /^Optimality gap:/ { gsub(/[][,]/, ""); bound = $3 / 1e6; value = $4 / 1e6 }
        /^Optimum:/ { for (k = 1; k < NF; k++) if ($(k + 1) ~ /^seconds/) time = $k
                      printf "optimal,%.6f,%.6f,%s\n", $2 / 1e6, $2 / 1e6, time; done = 1; exit }
        /^No solution/ { printf "infeasible,,,%s\n", limit; done = 1; exit }
        /Time limit expired/ { expired = 1 }
        END { if (!done) printf "%s,%s,%s,%s\n", expired ? "limit" : "failed", value, bound, limit }' "$scratch/log"
}

run_cbc()
{
    timeout $((limit + 60)) cbc "$scratch/p.mps" threads 1 timeMode elapsed sec "$limit" ratioGap 0 allowableGap 0 solve \
        >"$scratch/log" 2>&1 || true
    awk -v limit="$limit" '
        /^Result - Optimal/ { status = "optimal" }
        /^Result - Stopped on time/ { status = "limit" }
        /^Result - .*infeasible/ { status = "infeasible" }
        /^Objective value:/ { value = $3 }
        /^Lower bound:/ { bound = $3 }
        /^Time \(Wallclock seconds\):/ { time = $4 }
        END { if (status == "") status = "failed"
              if (status == "optimal") bound = value
              else time = limit
              printf "%s,%s,%s,%s\n", status, value, bound, time }' "$scratch/log"
}

run_glpk()
{
    start=$(now)
    glpsol --check --freemps "$scratch/p.mps" >/dev/null 2>&1 || true
    reading=$(awk -v a="$start" -v b="$(now)" 'BEGIN { print b - a }')
    start=$(now)
    timeout $((limit + 60)) glpsol --tmlim "$limit" --mipgap 0 --cuts --freemps "$scratch/p.mps" -w "$scratch/solution" \
        >"$scratch/log" 2>&1 || true
    awk -v limit="$limit" -v time="$(awk -v a="$start" -v b="$(now)" 'BEGIN { print b - a }')" -v reading="$reading" '
        /INTEGER OPTIMAL SOLUTION FOUND/ { status = "optimal" }
        /TIME LIMIT EXCEEDED/ { status = "limit" }
        /NO INTEGER FEASIBLE|HAS NO .*FEASIBLE/ { status = "infeasible" }
        /mip =/ { for (k = 1; k <= NF; k++) if ($k == "=") { value = $(k + 1) + 0 ? $(k + 1) : ""
                  for (n = k; n <= NF; n++) if ($n == ">=") bound = $(n + 1) + 0 ? $(n + 1) : bound } }
        END { if (status == "") status = "failed"
              if (status == "optimal") { bound = value; time -= reading; if (time < 0.001) time = 0.001 }
              else time = limit
              printf "%s,%s,%s,%s\n", status, value, bound, time }' "$scratch/log"
}

run_highs()
{
    NODE_PATH=$out/node_modules timeout $((limit + 120)) node bench/highs.cjs "$scratch/p.lp" "$limit" >"$scratch/log" 2>&1 || true
    awk -v limit="$limit" '
        $1 == "Status" { status = $2 == "Optimal" ? "optimal" : $2 == "Infeasible" ? "infeasible" : "limit" }
        $1 == "Primal" && $2 == "bound" { value = $3 + 0 == $3 ? $3 : "" }
        $1 == "Dual" && $2 == "bound" { bound = $3 + 0 == $3 ? $3 : "" }
        $1 == "Timing" { time = $2 }
        END { if (status == "") status = "failed"
              if (status != "optimal") time = limit
              printf "%s,%s,%s,%s\n", status, value, bound, time < 0.005 ? 0.005 : time }' "$scratch/log"
}

# Seconds for a run on this instance: all there are or, in a race, what the best peer so far took and one.
allowed()
{
    awk -F , -v name="$name" -v most="$1" -v race="${BENCH_RACE:-0}" '
        race && $1 == name && $2 != "dcnn" && $5 == "optimal" && $8 + 1 < most { most = int($8) + 1 }
        END { print most }' "$csv"
}

# measure SOLVER FORM FORMAT - one line of the CSV, unless it is there
measure()
{
    solver=$1 form=$2 format=$3
    case " $solvers " in *" $solver "*) ;; *) return 0 ;; esac
    if grep -q "^$name,$solver,$form," "$csv"; then return 0; fi
    limit=$(allowed "$most")
    if [ "$format" = none ]; then
        outcome=$("run_$solver")
    elif "$dcnn" export "$file" --format "$format" --form "$form" -o "$scratch/p.$format" 2>"$scratch/why"; then
        outcome=$("run_$solver")
        case $outcome in failed*) tail -n 2 "$scratch/log" | sed "s/^/$name $solver $form: /" >&2 ;; esac
    else
        outcome="not expressible,,,$limit"
    fi
    echo "$name,$solver,$form,$limit,$outcome" | tee -a "$csv" >&2
}

for file in bench/instances/o*.json "${DCNN_REFERENCE_DIR:-/nonexistent}"/instances/*.json; do
    name=$(basename "$file" .json)
    case $name in [$families]*) ;; *) continue ;; esac
    [ -f "$file" ] || continue
    most=${BENCH_SECONDS:-60}
    case $name in [EG]*) most=$((most * 5)) ;; esac
    measure dcnn best none
    measure toulbar2 best wcsp
    for form in $forms; do
        measure cbc "$form" mps
        measure glpk "$form" mps
        measure highs "$form" lp
    done
done

awk -f bench/peers.awk "$csv" | tee "$out/peers.txt"
