layers_per_unit two-cameras.json
