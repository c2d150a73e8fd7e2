# One CNN of two layers on two units in every format and form.
cat >tiny.json <<'F'
{ "dcnn": "scenario", "version": 1, "name": "tiny",
  "units": [ { "id": "a", "memory_bytes": 6, "ops_per_s": 1000 }, { "id": "b", "memory_bytes": 9, "ops_per_s": 2000 } ],
  "network": { "rate_bytes_per_s": 1000, "links": [ { "a": "a", "b": "b" } ] },
  "cnns": [ { "id": "one", "input_bytes": 7, "source": "a", "layers": [
      { "name": "k", "memory_bytes": 6, "ops": 10, "output_bytes": 3 },
      { "name": "l", "memory_bytes": 6, "ops": 20, "output_bytes": 1 } ] } ] }
F
for form in pairs links; do dcnn export tiny.json --format lp --form $form -o -; done
dcnn export tiny.json --format mps -o -
dcnn export tiny.json --format wcsp -o -
sed 's/"source": "a",/"source": "a", "deadline_s": 1,/' tiny.json >late.json
dcnn export late.json --format wcsp -o -
