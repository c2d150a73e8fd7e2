dcnn plcae city.json
