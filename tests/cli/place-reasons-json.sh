sed 's/"range_m": 7.5/"range_m": 1/; s/"cnns": \[/"limits": { "layers_per_unit": 2 }, "cnns": [/' crowded.json >far.json
dcnn place far.json --json | sed "/sha256/d"
dcnn place far.json -o one.json >first; dcnn place far.json -o two.json >second
cmp one.json two.json && dcnn check far.json one.json
