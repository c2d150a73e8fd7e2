dcnn place two-cameras.json -o - >a && dcnn place two-cameras.json --json | cmp - a
