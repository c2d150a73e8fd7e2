dcnn export two-cameras.json --format lp --form quadratic -o x
