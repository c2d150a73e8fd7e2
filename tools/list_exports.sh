#!/bin/sh
# list_exports.sh HEADER... - linker version script with the functions that the public headers declare.
set -eu
echo '{'
echo '  global:'
sed -n 's/^[a-z].*[ *]\(dcnn_[a-z0-9_]*\)(.*/    \1;/p' "$@" | sort -u
echo '  local: *;'
echo '};'
