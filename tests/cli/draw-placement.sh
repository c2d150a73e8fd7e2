dcnn place two-cameras.json -o p.json >/dev/null && dcnn draw two-cameras.json p.json --range-circles -o map.svg && grep -c "<svg" map.svg
