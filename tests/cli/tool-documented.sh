# Every option that a command's help shows stands in its manual page, and every command in dcnn(1).
pages=$DCNN_EXAMPLES/../docs/man
for command in $(dcnn --help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p'); do
    grep -q "^\*dcnn-$command\*(1)\$" "$pages/dcnn.1.scd" || echo "$command is not in dcnn.1"
    for option in $(dcnn "$command" --help | sed -n 's/^  .*\(--[a-z][a-z0-9-]*\).*/\1/p'); do
        grep -q "^\*.*$option\*" "$pages/dcnn-$command.1.scd" || echo "$option is not in dcnn-$command.1"
    done
done
