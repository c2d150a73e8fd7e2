# Progress goes to standard error, the result to standard output.
dcnn place two-cameras.json --progress --json 2>err >out && dcnn place two-cameras.json --json | cmp - out
sed "s/[0-9][0-9.]*/N/g; s/  */ /g" err | sort -u
