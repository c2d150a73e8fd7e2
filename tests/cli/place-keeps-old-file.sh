# A failed write leaves the file that was there, and nothing beside it.
dcnn place two-cameras.json -o out.json >/dev/null && cp out.json before
(ulimit -f 0; trap "" XFSZ; dcnn place two-cameras.json -o out.json >/dev/full 2>/dev/null)
cmp before out.json
ls out.json*
