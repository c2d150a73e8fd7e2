dcnn draw two-cameras.json -o map.svg && head -c 5 map.svg && dcnn draw two-cameras.json -o - | cmp - map.svg
