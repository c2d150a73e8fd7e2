# Unit types of the plan's own, one sink, another setting's definition; what is wrong with such keys is told.
cat >keys.json <<'JSON'
{"dcnn": "experiment", "version": 1, "name": "keys", "gap": 0.01,
 "unit_types": {"my-board": {"memory_bytes": "256 MiB", "ops_per_s": "1 Gop/s"}},
 "systems": [{"name": "small", "units": 20, "area_m": "16 m", "draws": 2,
   "mix": [{"type": "my-board", "share": 1}, {"type": "stm32h7", "share": 0}]}],
 "settings": [{"name": "own sinks", "cnns": 2, "models": ["alexnet"]},
  {"name": "one sink", "cnns": 2, "models": ["alexnet"], "common_sink": true, "defined_as": "own sinks"},
  {"name": "alexnet", "models": ["alexnet"]},
  {"name": "small images", "models": ["alexnet"], "input_bytes": 2352, "defined_as": "alexnet"}]}
JSON
dcnn experiment keys.json --no-plots >/dev/null
cut -d, -f3,5,7,9,17,19 keys/results.csv
sed -e 's/my-board", "s/my-bord", "s/' -e 's/"own sinks"}/"own sink"}/' -e 's/"share": 0/"share": -1/' \
    -e 's/"small images"/"small, images"/' -e 's/"256 MiB"/256.5/' -e 's/\["alexnet"\], "i/["alexnett"], "i/' keys.json >wrong.json
dcnn experiment wrong.json
sed 's/"defined_as": "own sinks"/"defined_as": "alexnet"/' keys.json >other.json
dcnn experiment other.json --no-plots
