dcnn place too-small.json -o p.json >/dev/null; dcnn check too-small.json p.json
