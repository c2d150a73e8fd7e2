# Ctrl-C: the best placement and the bound are still written, and hold.
dcnn generate --cnns 30 --units 150 --area 50 --layers-per-unit 2 --seed 5 -o city.json
env --default-signal=INT dcnn place city.json --progress -o out.json >summary 2>progress &
search=$!
for wait in $(seq 600); do
    if grep -q 'best [0-9]' progress; then break; fi
    sleep 0.1
done
kill -INT $search
wait $search
code=$?
sed -n '/^proof/p' summary
grep -o '"stop": *"[a-z]*"' out.json
dcnn check city.json out.json
exit $code
