min two-cameras.json
