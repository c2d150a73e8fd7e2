#!/bin/sh
# refresh_documents.sh BUILD - writes what the tool prints today into the documents, and draws their picture again.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
PATH=$(cd "$1" && pwd)/src/cli:$PATH
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp examples/*.json tests/cli/files/* "$scratch"
mkdir "$scratch/out"
cd "$scratch"
for document in README.md docs/examples.md; do
    "$root/tools/follow.sh" "$root/$document" >new
    cmp -s new "$root/$document" || cp new "$root/$document"
done
dcnn place three-alexnets.json -o placement.json >/dev/null
dcnn draw three-alexnets.json placement.json -o "$root/docs/three-alexnets.svg"
