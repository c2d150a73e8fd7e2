# Same input, same seed, one thread: the same bytes, run after run.
dcnn generate --cnns 2 --units 30 --area 20 --seed 3 -o city.json
dcnn place city.json --json >first
for run in 1 2 3; do dcnn place city.json --json | cmp - first; done
