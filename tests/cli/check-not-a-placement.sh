dcnn check two-cameras.json two-cameras.json
