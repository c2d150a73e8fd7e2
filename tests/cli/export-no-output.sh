dcnn export two-cameras.json --format lp
