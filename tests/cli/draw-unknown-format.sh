dcnn draw two-cameras.json -o map.jpeg
