dcnn draw nowhere.json -o map.svg
