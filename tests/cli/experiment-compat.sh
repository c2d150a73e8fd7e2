# Published behaviour stays with the settings that ask for it, and says so; scenario files have no such key.
cat >mixed.json <<'JSON'
{"dcnn": "experiment", "version": 1,
 "systems": [{"name": "small", "units": 20, "area_m": "16 m", "draws": 3}],
 "settings": [{"name": "as published", "models": ["alexnet-ee"], "compat": ["source-on-second-layer", "published-distances",
    "published-probabilities", "processing-without-last-layer", "ops-to-two-decimals", "types-drawn"]},
  {"name": "plain", "models": ["alexnet-ee"]}]}
JSON
sed '/as published/,/types-drawn/d; s/{"name": "plain"/"settings": [&/' mixed.json >plain.json
dcnn experiment mixed.json --no-plots --threads 1 | grep 'shows published'
dcnn experiment plain.json --no-plots | grep -c 'shows published'
grep plain mixed/results.csv | cut -d, -f2- >mixed.csv
grep plain plain/results.csv | cut -d, -f2- >plain.csv
cmp mixed.csv plain.csv
sed 's/"version": 1,/"version": 1, "compat": ["types-drawn"],/' two-cameras.json >scenario.json
dcnn place scenario.json
