# Where the objective is the slowest CNN, the parts are that one's and add up to the value.
cat >max.json <<'JSON'
{"dcnn": "experiment", "version": 1, "systems": [{"name": "small", "units": 20, "area_m": "16 m", "draws": 3}],
 "settings": [{"name": "slowest", "cnns": 2, "models": ["cnn5", "alexnet"], "objective": "max"},
  {"name": "all", "cnns": 2, "models": ["cnn5", "alexnet"]}]}
JSON
dcnn experiment max.json --no-plots >/dev/null
awk -F, 'NR > 1 { print $3, $5, $9 == $11 + $12 + $13 + $14 ? "adds up" : $0 }' max/results.csv
