dcnn export two-cameras.json --format xls -o x
