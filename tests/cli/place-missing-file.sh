dcnn place nowhere.json
