dcnn generate --units 5 --area 1000 --seed 1 -o x.json
code=$?
ls x.json 2>/dev/null
exit $code
