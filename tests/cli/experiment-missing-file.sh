dcnn experiment missing.json
