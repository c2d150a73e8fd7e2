dcnn place too-small.json | sed "s/^search .*/search/"
dcnn place too-small.json -o out.json >/dev/null
code=$?
sed "/sha256/d; /\"solver\"/d" out.json
exit $code
