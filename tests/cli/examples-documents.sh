# What the documents show is what the tool prints. Times of the search differ, and which of several best placements is
# found may, on another machine: the tables of latencies are left out.
comparable() { sed -e 's/^search .*/search/' -e '/^times in ms/,/^$/d' "$1"; }
mkdir out
for document in README.md docs/examples.md; do
    "$DCNN_EXAMPLES/../tools/follow.sh" "$DCNN_EXAMPLES/../$document" >now
    comparable now >got
    comparable "$DCNN_EXAMPLES/../$document" | diff - got
done
sed -n '/^```c$/,/^```$/p' "$DCNN_EXAMPLES/../README.md" | sed '1d;$d' | diff - "$DCNN_EXAMPLES/min.c"
