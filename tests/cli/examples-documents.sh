# What the documents show is what the tool prints; only times of the search differ.
mkdir out
for document in README.md docs/examples.md; do
    "$DCNN_EXAMPLES/../tools/follow.sh" "$DCNN_EXAMPLES/../$document" | sed 's/^search .*/search/' >now
    sed 's/^search .*/search/' "$DCNN_EXAMPLES/../$document" | diff - now
done
sed -n '/^```c$/,/^```$/p' "$DCNN_EXAMPLES/../README.md" | sed '1d;$d' | diff - "$DCNN_EXAMPLES/min.c"
