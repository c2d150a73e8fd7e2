# peers.awk - from peers.csv to a table: seconds of each solver with the form that served it best, the gap where it did not
# finish, and how many times as long as dcnn the best peer took; geometric means by family and over all.
BEGIN {
    FS = ","
    solver_count = split("dcnn toulbar2 cbc glpk highs", solvers, " ")
    line = sprintf("%-20s", "seconds")
    for (s = 1; s <= solver_count; s++) line = line sprintf(" %15s", solvers[s])
    print line sprintf(" %15s %9s", "best peer", "ratio")
}
FNR == 1 { next }
{
    key = $1 SUBSEP $2
    better = !(key in time) || rank($5) < rank(status[key]) ||
             (rank($5) == rank(status[key]) && ($8 + 0 < time[key] || ($8 + 0 == time[key] && gap($6, $7) < gaps[key])))
    if (better) {
        status[key] = $5; time[key] = $8 + 0; gaps[key] = gap($6, $7); form[key] = $3
    }
    if (!($1 in seen)) { seen[$1] = 1; names[++count] = $1 }
    if ($5 == "optimal") {
        if (($1 in value) && ($6 - value[$1] > 1e-6 * $6 + 2e-6 || value[$1] - $6 > 1e-6 * $6 + 2e-6))
            disagreements = disagreements sprintf("%s: %s says %s, another %s\n", $1, $2, $6, value[$1])
        else value[$1] = $6
    }
}
function rank(s) { return s == "optimal" || s == "infeasible" ? 0 : s == "limit" ? 1 : s == "failed" ? 2 : 3 }
function gap(best, bound) { return best == "" || bound == "" || best + 0 <= 0 ? 1 : (best - bound) / best }
function cell(key) {
    if (!(key in time)) return "-"
    if (rank(status[key]) == 0) return sprintf("%.4g %s", time[key], form[key] == "best" ? "" : form[key])
    if (rank(status[key]) == 1) return gaps[key] >= 1 ? "no gap" : sprintf("%.3g %% %s", 100 * gaps[key], form[key] == "best" ? "" : form[key])
    return status[key] == "failed" ? "failed" : "not in wcsp"
}
END {
    for (n = 1; n <= count; n++) {
        name = names[n]
        best = ""
        line = sprintf("%-20s", name)
        for (s = 1; s <= solver_count; s++) {
            key = name SUBSEP solvers[s]
            line = line sprintf(" %15s", cell(key))
            if (s > 1 && (key in time) && (best == "" || time[key] < time[name SUBSEP best])) best = solvers[s]
        }
        mine = name SUBSEP "dcnn"
        if (best != "" && (mine in time)) {
            ratio = time[name SUBSEP best] / (time[mine] > 1e-6 ? time[mine] : 1e-6)
            line = line sprintf(" %15s %9.1f", best, ratio)
            family = substr(name, 1, 1)
            if (!(family in members)) families = families family
            members[family]++; logs[family] += log(ratio); all++; sum += log(ratio)
        }
        print line
    }
    print ""
    for (k = 1; k <= length(families); k++) {
        family = substr(families, k, 1)
        printf "%s: %d instances, best peer / dcnn = %.1f (geometric mean)\n", family, members[family], exp(logs[family] / members[family])
    }
    if (all) printf "all: %d instances, best peer / dcnn = %.1f (geometric mean)\n", all, exp(sum / all)
    printf "%s", disagreements
}
