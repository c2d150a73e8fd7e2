dcnn generate --cnns 2 --units 30 --area 20 --seed 3 -o city.json
for threads in 1 2 4; do
    dcnn place city.json --json --threads $threads | grep -E '"(proof|value_ns|bound_ns)"' >proven.$threads
    cmp proven.1 proven.$threads
done
