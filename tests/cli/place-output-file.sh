dcnn place two-cameras.json -o out.json >summary && dcnn place two-cameras.json --json | cmp - out.json && head -n 1 summary
