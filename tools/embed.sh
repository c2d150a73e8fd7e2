#!/bin/sh
# embed.sh HEADER NAME=FILE... - a C file that defines each NAME as the bytes of its FILE, and NAME_size.
set -eu
echo "#include \"$1\""
shift
for pair in "$@"; do
    name=${pair%%=*}
    echo "const char $name[] = {"
    od -An -v -tu1 "${pair#*=}" | sed 's/[0-9][0-9]*/&,/g'
    echo "};"
    echo "const size_t ${name}_size = sizeof $name;"
done
