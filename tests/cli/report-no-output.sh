dcnn place two-cameras.json -o p.json >/dev/null
dcnn report two-cameras.json p.json
