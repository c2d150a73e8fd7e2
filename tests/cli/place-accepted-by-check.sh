dcnn place two-cameras.json --json | dcnn check two-cameras.json -
