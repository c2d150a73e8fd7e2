#!/bin/sh
# run.sh [--update] DCNN GROUP... - runs the command-line cases GROUP-*.sh and prints TAP.
#
# A case NAME.sh runs in a folder of its own that holds copies of files/* and examples/*.json, with dcnn, the programs
# of examples/ and write_models of tests/import on the path. It must print NAME.stdout and NAME.stderr to the byte and
# exit with the number in NAME.exit (no file: nothing, 0). Exit 77 = skipped.
# --update writes those files instead; read what it wrote before you commit it.
set -u
update=
if [ "$1" = --update ]; then update=yes; shift; fi
here=$(cd "$(dirname "$0")" && pwd)
DCNN_EXAMPLES=$here/../../examples
DCNN_BUILD=$(cd "$(dirname "$1")/../.." && pwd)
PATH=$DCNN_BUILD/src/cli:$DCNN_BUILD/examples:$DCNN_BUILD/tests/import:$PATH
export PATH DCNN_BUILD DCNN_EXAMPLES
unset NO_COLOR
shift

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
expected() { if [ -f "$1" ]; then cat "$1"; else printf '%s' "$2"; fi >"$3"; }

number=0 failures=0
for group in "$@"; do
    for script in "$here/$group"-*.sh; do
        number=$((number + 1))
        name=$(basename "$script" .sh)
        base=$here/$name
        got=$scratch/got.$name
        mkdir "$scratch/$name"
        cp "$here"/files/* "$DCNN_EXAMPLES"/*.json "$scratch/$name"
        (cd "$scratch/$name" && sh "$script") >"$got.stdout" 2>"$got.stderr"
        code=$?
        echo "$code" >"$got.exit"
        if [ $code -eq 77 ]; then
            echo "ok $number - $name # SKIP $(cat "$got.stdout")"
            continue
        fi
        if [ "$update" ]; then
            rm -f "$base.stdout" "$base.stderr" "$base.exit"
            for kind in stdout stderr; do [ ! -s "$got.$kind" ] || cp "$got.$kind" "$base.$kind"; done
            [ $code -eq 0 ] || cp "$got.exit" "$base.exit"
        fi
        verdict=ok
        for kind in stdout stderr exit; do
            none=
            [ $kind != exit ] || none='0
'
            expected "$base.$kind" "$none" "$scratch/expected"
            if ! difference=$(diff -u "$scratch/expected" "$got.$kind"); then
                verdict='not ok'
                printf '%s\n' "$difference" | sed "s/^/# $name, $kind: /" >&2
            fi
        done
        [ "$verdict" = ok ] || failures=$((failures + 1))
        echo "$verdict $number - $name"
        rm -rf "${scratch:?}/$name"
    done
done
echo "1..$number"
[ $failures -eq 0 ]
