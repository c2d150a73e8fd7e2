dcnn place two-cameras.json >/dev/full
