dcnn place two-cameras.json -o p.json >/dev/null; dcnn check two-cameras.json p.json >/dev/full
