# Every help text: standard output, exit 0, at most 80 columns; --version everywhere.
dcnn --version >version
dcnn --help | awk 'length($0) > 80'
for command in $(dcnn --help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p'); do
    dcnn "$command" --help >help || echo "$command --help: exit $?"
    dcnn "$command" -h | cmp - help
    dcnn "$command" --version | cmp - version
    awk -v name="$command" 'length($0) > 80 { print name ": " $0 }' help
done
