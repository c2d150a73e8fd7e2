dcnn place - --json <two-cameras.json >a && dcnn place two-cameras.json --json | cmp - a
