# Times apart, the tables are the same on every machine.
dcnn experiment plan.json --threads 2 --no-plots >tables.txt
sed '/^Time of a solve/,$d' tables.txt
sed -n '/^Time of a solve/,$p' tables.txt | sed 's/[0-9.]* ± [0-9. |]*/times |/; s/---*:*/-/g; s/  */ /g'
head -4 plan/results.csv
cut -d, -f1-12,25-29 plan/summary.csv
head -1 plan/times.csv
head -1 plan/times_summary.csv
cmp plan.json plan/plan.json
