min nowhere.json
