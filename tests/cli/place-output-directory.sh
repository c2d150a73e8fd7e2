mkdir out && dcnn place two-cameras.json -o out >/dev/null
code=$?
ls out
exit $code
