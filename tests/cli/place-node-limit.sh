# A limit stops the proof: exit 1, a valid placement and a bound below it.
dcnn generate --cnns 6 --seed 2 -o city.json
dcnn place city.json --node-limit 1 -o out.json >summary
code=$?
sed -n "/^proof/p" summary
dcnn check city.json out.json
exit $code
