# Ctrl-C: the best placement and the bound are still written, and hold.
dcnn generate --cnns 30 --units 120 --area 45 --layers-per-unit 2 --seed 5 -o city.json
timeout --preserve-status -s INT 1 dcnn place city.json -o out.json >summary
code=$?
sed -n '/^proof/p' summary
grep -o '"stop": *"[a-z]*"' out.json
dcnn check city.json out.json
exit $code
