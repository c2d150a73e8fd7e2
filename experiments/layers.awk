# layers.awk - published layers of a CNN beside those of the network it is named after, from what `dcnn catalog` prints of
# the two: Markdown.
#
#     awk -f layers.awk published.txt true.txt
FNR == 1 {
    name = $1
    sub(/,$/, "", name)
    names[++files] = name
    row = 0
}
FNR > 3 && NF >= 4 {
    row++
    layer[files, row] = $1
    for (k = 2; k <= 4; k++) figure[files, row, k] = $k
    rows[files] = row
}
function pair(r, k) { return sprintf("%d | %d | %.2f", figure[1, r, k], figure[2, r, k], figure[1, r, k] / figure[2, r, k]) }
END {
    if (rows[1] != rows[2]) { print "not as many layers" > "/dev/stderr"; exit 1 }
    printf "| %s | memory in bytes, published | %s | ratio | operations, published | true | ratio | output in bytes, published | true | ratio |\n",
        names[1], names[2]
    print "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for (r = 1; r <= rows[1]; r++) printf "| %s | %s | %s | %s |\n", layer[2, r], pair(r, 2), pair(r, 3), pair(r, 4)
}
