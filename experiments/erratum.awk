# erratum.awk - what each slip does, from the results of erratum.json and erratum-system1.json: Markdown.
#
#     awk -f erratum.awk erratum/results.csv erratum-system1/results.csv
#
# A setting named "CNN SLIP" is held against the setting "CNN", draw by draw: the latency that is reported, and the placement
# that is then found best, charged as the paper defines it.
BEGIN { FS = "," }
FNR == 1 { for (f = 1; f <= NF; f++) column[$f] = f; next }
$column["value_ns"] == "" { next }
{
    split($column["setting"], word, " ")
    id = $column["system"] SUBSEP $column["layers_per_unit"] SUBSEP $column["draw"]
    value = $column["value_ns"]
    if (!(2 in word)) { best[word[1] SUBSEP id] = value; next }
    truth = best[word[1] SUBSEP id]
    key = word[2] " | " word[1] " | " $column["system"] " | " $column["layers_per_unit"]
    if (!(key in draws)) order[++keys] = key
    draws[key]++
    reported[key] += 100 * (value - truth) / truth
    below[key] += value < truth
    loss = 100 * ($column["defined_ns"] - truth) / truth
    slower[key] += loss > 0
    lost[key] += loss
    if (loss > worst[key]) worst[key] = loss
    delete word
}
END {
    print "| slip | CNN | system | L | draws | reported latency, mean | reported below the true best | placements that are slower | mean loss | worst loss |"
    print "|---|---|---|--:|--:|--:|--:|--:|--:|--:|"
    for (k = 1; k <= keys; k++) {
        key = order[k]
        n = draws[key]
        printf "| %s | %d | %+.2f %% | %.1f %% | %.1f %% | %.3f %% | %.2f %% |\n", key, n, reported[key] / n, 100 * below[key] / n,
            100 * slower[key] / n, lost[key] / n, worst[key]
    }
}
