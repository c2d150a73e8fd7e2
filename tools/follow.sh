#!/bin/sh
# follow.sh DOCUMENT - the document as it would read if written today: in its text blocks, what stands below a line
# "$ dcnn ..." is replaced by what that command prints.
awk '
/^```/ { in_block = /^```text/ ; skipping = 0 }
in_block && /^\$ dcnn / {
    print
    fflush()
    command = substr($0, 3)
    system("{ " command "; } 2>&1")
    skipping = 1
    next
}
!skipping { print }
' "$1"
