dcnn import-network -o x.json
