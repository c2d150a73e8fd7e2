dcnn import-network two-cameras.json -o x.json
