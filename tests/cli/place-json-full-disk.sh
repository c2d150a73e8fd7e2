dcnn place two-cameras.json --json >/dev/full
