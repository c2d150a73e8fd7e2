dcnn check two-cameras.json
