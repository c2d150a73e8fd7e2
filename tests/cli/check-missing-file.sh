dcnn check two-cameras.json nowhere.json
