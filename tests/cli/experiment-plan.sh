dcnn experiment plan.json --threads 2
head -4 plan/results.csv
cut -d, -f1-12 plan/summary.csv
head -1 plan/times.csv
cmp plan.json plan/plan.json
