# The optimum as a solution file, read back and checked.
cat >tiny.json <<'F'
{ "dcnn": "scenario", "version": 1, "name": "tiny",
  "units": [ { "id": "a", "memory_bytes": 6, "ops_per_s": 1000 }, { "id": "b", "memory_bytes": 9, "ops_per_s": 2000 } ],
  "network": { "rate_bytes_per_s": 1000, "links": [ { "a": "a", "b": "b" } ] },
  "cnns": [ { "id": "one", "input_bytes": 7, "source": "a", "layers": [
      { "name": "k", "memory_bytes": 6, "ops": 10, "output_bytes": 3 },
      { "name": "l", "memory_bytes": 6, "ops": 20, "output_bytes": 1 } ] } ] }
F
printf 'x0_0_0 1\nx0_1_1 1\n' >x.sol
dcnn import-solution tiny.json x.sol -o - | sed 's/"scenario_sha256": "[0-9a-f]*"/"scenario_sha256": "HASH"/'
dcnn import-solution tiny.json x.sol -o p.json && dcnn check tiny.json p.json
