dcnn import-network nothing.json -o x.json
