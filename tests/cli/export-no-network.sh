# Hops that no network has: from a to b in two, with nothing between.
cat >odd.json <<'F'
{ "dcnn": "scenario", "version": 1, "name": "odd",
  "units": [ { "id": "a", "memory_bytes": 6, "ops_per_s": 1000 }, { "id": "b", "memory_bytes": 9, "ops_per_s": 2000 } ],
  "network": { "rate_bytes_per_s": 1000, "hops": { "order": [ "a", "b" ], "matrix": [ [ 0, 2 ], [ 2, 0 ] ] } },
  "cnns": [ { "id": "one", "input_bytes": 7, "source": "a", "layers": [
      { "name": "k", "memory_bytes": 6, "ops": 10, "output_bytes": 3 },
      { "name": "l", "memory_bytes": 6, "ops": 20, "output_bytes": 1 } ] } ] }
F
dcnn export odd.json --format lp -o x.lp && dcnn export odd.json --format lp --form links -o x.lp
