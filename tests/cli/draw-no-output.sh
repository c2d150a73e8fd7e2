dcnn draw two-cameras.json
