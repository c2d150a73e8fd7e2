# erratum.awk - what each slip does, from the results of erratum.json: Markdown.
#
# A setting named "CNN SLIP" is held against the setting "CNN", draw by draw: the mean of the latency that is reported, and
# the placements that are slower than the best one when both are charged as the paper defines it.
BEGIN { FS = "," }
FNR == 1 { for (f = 1; f <= NF; f++) column[$f] = f; next }
{
    if ($column["value_ns"] == "") next
    split($column["setting"], word, " ")
    id = $column["layers_per_unit"] SUBSEP $column["draw"]
    if (!(2 in word)) { best[word[1] SUBSEP id] = $column["value_ns"]; next }
    truth = best[word[1] SUBSEP id]
    key = word[2] " | " word[1] " | " $column["layers_per_unit"]
    if (!(key in draws)) order[++keys] = key
    draws[key]++
    reported[key] += 100 * ($column["value_ns"] - truth) / truth
    loss = 100 * ($column["defined_ns"] - truth) / truth
    slower[key] += loss > 0
    lost[key] += loss
    if (loss > worst[key]) worst[key] = loss
    delete word
}
END {
    print "| slip | CNN | L | draws | reported latency, mean | placements that are slower | mean loss | worst loss |"
    print "|---|---|--:|--:|--:|--:|--:|--:|"
    for (k = 1; k <= keys; k++) {
        key = order[k]
        printf "| %s | %d | %+.2f %% | %.1f %% | %.3f %% | %.2f %% |\n", key, draws[key], reported[key] / draws[key],
            100 * slower[key] / draws[key], lost[key] / draws[key], worst[key]
    }
}
