dcnn place two-cameras.json two-cameras.json
