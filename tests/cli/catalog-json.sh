dcnn catalog --json >a.json
command -v python3 >/dev/null || { echo "no python3 to read the JSON"; exit 77; }
python3 -c "import json; c = json.load(open(\"a.json\")); print(sorted(c), len(c[\"unit_types\"]), len(c[\"cnns\"]), c[\"cnns\"][0][\"layers\"][5])"
