# report.awk - the paper's printed figures beside those of the plans: Markdown, and a CSV.
#
#     awk -f report.awk -v csv=FILE printed.csv table4/results.csv table4-published/results.csv ... > report.md
#
# A folder tableN holds the placements as the paper defines them, tableN-published those with the behaviour that the
# printed figures show. A figure agrees when it lies within three standard errors of the difference of the two means and
# half a unit of the last printed digit. Where the paper prints no deviation, ours stands for it.
BEGIN { FS = ","; DRAWS_OF_PAPER = 500 }
FNR == 1 {
    file_number++
    for (f in column) delete column[f]
    for (f = 1; f <= NF; f++) column[$f] = f
    count = split(FILENAME, part, "/")
    folder = part[count - 1]
    kind = folder ~ /-published$/ ? "published" : "defined"
    table = folder
    gsub(/[^0-9]/, "", table)
    next
}
file_number == 1 {
    printed_count++
    row[printed_count] = $1 SUBSEP $2 SUBSEP $3 SUBSEP $4
    quantity[printed_count] = $5
    mean[printed_count] = $6
    deviation[printed_count] = $7
    next
}
{
    solves[folder]++
    proven[folder] += $column["proof"] == "optimal" || $column["proof"] == "infeasible"
    value = $column["value_ns"]
    if (value == "") { unplaced[folder]++; next }
    certified[folder] += value - $column["bound_ns"] <= 1e-4 * value
    compute = $column["compute_ns"]
    key = kind SUBSEP table SUBSEP $column["system"] SUBSEP $column["setting"] SUBSEP $column["layers_per_unit"]
    add(key SUBSEP "tp", compute / 1e6)
    add(key SUBSEP "tt", ($column["source_ns"] + $column["transfer_ns"] + $column["sink_ns"]) / 1e6)
    add(key SUBSEP "t", value / 1e6)
}
# Welford 1962: means and squares of deviations, one at a time.
function add(key, x,    step) {
    n[key]++
    step = x - average[key]
    average[key] += step / n[key]
    squares[key] += step * (x - average[key])
}
function sd(key) { return n[key] > 1 ? sqrt(squares[key] / (n[key] - 1)) : 0 }
function half_digit(text,    at) {
    at = index(text, ".")
    return at ? 0.5 / 10 ^ (length(text) - at) : 0.5
}
# Standard error of the difference between the printed mean and ours.
function error(r, key,    theirs, ours) {
    ours = sd(key)
    theirs = deviation[r] == "" ? ours : deviation[r]
    return sqrt(theirs ^ 2 / DRAWS_OF_PAPER + ours ^ 2 / n[key])
}
function verdict(r, key,    distance) {
    distance = average[key] - mean[r]
    if (distance < 0) distance = -distance
    return distance <= 3 * error(r, key) + half_digit(mean[r]) ? "yes" : "no"
}
function cell(key) { return n[key] ? sprintf("%.2f ± %.2f", average[key], sd(key) / sqrt(n[key])) : "" }
function figures(r, key) {
    if (!n[key]) return ",,,,,"
    return sprintf(",%d,%.4f,%.4f,%.4f,%s", n[key], average[key], sd(key), error(r, key), verdict(r, key))
}
function percent(part, whole) { return sprintf("%.2f %%", whole ? 100 * part / whole : 0) }
END {
    print "table,system,setting,layers_per_unit,quantity,printed_ms,printed_sd_ms,defined_draws,defined_ms,defined_sd_ms," \
        "defined_error_ms,defined_agrees,published_draws,published_ms,published_sd_ms,published_error_ms," \
        "published_agrees" > csv
    print "# The paper's tables 4 to 8\n"
    print "Printed mean; ours as the paper defines the problem, and with the behaviour that the printed figures show:"
    print "mean ± standard error, milliseconds. t = tt + tp: all, transfers, processing; C = no limit on layers per unit."
    print "Agrees: within three standard errors of the difference and half a unit of the last printed digit."
    for (r = 1; r <= printed_count; r++) {
        split(row[r], id, SUBSEP)
        if (id[1] != last) {
            printf "\n## Table %s\n\n", id[1]
            print "| system | setting | L | | printed | as defined | agrees | as published | agrees |"
            print "|---|---|---|---|---:|---:|---|---:|---|"
            last = id[1]
        }
        defined = "defined" SUBSEP row[r] SUBSEP quantity[r]
        published = "published" SUBSEP row[r] SUBSEP quantity[r]
        printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", id[2], id[3], id[4] ? id[4] : "C", quantity[r], mean[r],
            cell(defined), n[defined] ? verdict(r, defined) : "", cell(published), n[published] ? verdict(r, published) : ""
        printf "%s,%s,%s,%s,%s,%s,%s%s%s\n", id[1], id[2], id[3], id[4], quantity[r], mean[r], deviation[r],
            figures(r, defined), figures(r, published) > csv
        if (n[defined]) { tested[id[1] " as defined"]++; agree[id[1] " as defined"] += verdict(r, defined) == "yes" }
        if (n[published]) { tested[id[1] " as published"]++; agree[id[1] " as published"] += verdict(r, published) == "yes" }
    }
    print "\n## Agreement\n"
    print "| table | figures | agree |\n|---|---:|---:|"
    for (t = 4; t <= 8; t++)
        for (k = 1; k <= 2; k++) {
            name = t (k == 1 ? " as defined" : " as published")
            if (tested[name]) printf "| %s | %d | %d |\n", name, tested[name], agree[name]
        }
    print "\n## Proof\n"
    print "Certified: the bound lies within 0.01 % of the value.\n"
    print "| plan | solves | proven to the nanosecond | certified | without a placement |\n|---|---:|---:|---:|---:|"
    for (t = 4; t <= 8; t++)
        for (k = 1; k <= 2; k++) {
            name = "table" t (k == 1 ? "" : "-published")
            if (solves[name])
                printf "| %s | %d | %s | %s | %d |\n", name, solves[name], percent(proven[name], solves[name]),
                    percent(certified[name], solves[name] - unplaced[name]), unplaced[name]
        }
}
