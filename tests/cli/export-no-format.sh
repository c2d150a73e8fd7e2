dcnn export two-cameras.json -o x.lp
