# Names with markup, quotes, controls, writing from right to left and ten thousand letters appear as text.
command -v xmllint >/dev/null || { echo "no xmllint"; exit 77; }
long=$(printf '%10000s' '' | tr ' ' W)
cat >hostile.json <<END
{"dcnn": "scenario", "version": 1, "name": "</title><script>alert(1)</script>",
 "units": [{"id": "\"><img src=x onerror=alert(1)>", "memory_bytes": "1 MiB", "ops_per_s": 1e6, "x_m": 0, "y_m": 0},
           {"id": "$long", "memory_bytes": "1 MiB", "ops_per_s": 1e6, "x_m": 1, "y_m": 0},
           {"id": "\u202eevil \u05e9\u05dc\u05d5\u05dd & 'co'", "memory_bytes": "1 MiB", "ops_per_s": 1e6, "x_m": 1, "y_m": 1}],
 "network": {"range_m": 5, "rate_bytes_per_s": 1000000},
 "cnns": [{"id": "</svg><style>*{display:none}</style>", "input_bytes": 10, "source": "$long", "layers": [
   {"name": "]]>--><!--", "memory_bytes": 1, "ops": 1000, "output_bytes": 10},
   {"name": "\u0001\u0007\t", "memory_bytes": 1, "ops": 1000, "output_bytes": 10}]}],
 "limits": {"layers_per_unit": 1}}
END
dcnn place hostile.json -o p.json >/dev/null || exit 1
dcnn draw hostile.json p.json -o map.svg && xmllint --noout map.svg
mkdir "it's < here" && cp p.json "it's < here/"
dcnn report hostile.json "it's < here/p.json" -o page.html
# Once style and script of its own are taken out, the page is well-formed XML: nothing of the names is markup.
sed -e '1d' -e 's/<meta[^>]*>//' -e 's/<br>//g' -e 's/<input \([^>]*\) checked>//' -e '/^<script>$/,/^<\/script>$/d' page.html >page.xml
xmllint --noout page.xml
grep -cE '<img|<script>alert|onerror=alert\(1\)>' page.html
grep -o "dcnn check.*" page.html
