dcnn place two-cameras.json --json | sed "/\"solver\"/d"
