dcnn report two-cameras.json
