# gnuplot draws every picture, of names that mean something to it, to XML and to shells; plots/all.gp draws them again.
command -v gnuplot >/dev/null && command -v xmllint >/dev/null || { echo 'no gnuplot or xmllint'; exit 77; }
cat >odd.json <<'JSON'
{"dcnn": "experiment", "version": 1, "name": "`touch owned` <b> \"it''s\" }{a}_b{ @c \\n 'd é",
 "systems": [{"name": "{", "units": 20, "area_m": "16 m", "draws": 3}, {"name": "too small", "units": 5, "area_m": "8 m",
   "mix": [{"type": "stm32h7", "share": 1}]}],
 "settings": [{"name": "<one> `touch owned` $1 |", "models": ["cnn5"], "layers_per_unit_first": 1, "layers_per_unit_last": 2}]}
JSON
dcnn experiment odd.json -o "it's" >tables.txt
sed -n '5,9p' tables.txt
ls "it's/plots" owned 2>/dev/null
for picture in "it's"/plots/*.svg; do xmllint --noout "$picture"; done
grep -c '<text>&lt;one.* `touch owned` [$]1 |<.text>' "it's/plots/latency.svg"
cp "it's/plots/units.svg" before.svg
rm "it's/plots/"*.svg "it's/plots/"*.png
(cd "it's/plots" && gnuplot all.gp)
cmp before.svg "it's/plots/units.svg"
