# Shares gather to what one run gives; one share alone, or twice, does not.
dcnn experiment plan.json -o whole --no-plots >whole.txt
dcnn experiment plan.json -o a --shard 1/2
dcnn experiment plan.json -o b --shard 2/2
dcnn experiment plan.json -o one --shard 1/1 >one.txt
dcnn experiment plan.json -o gathered --no-plots --merge one >gathered.txt
cmp whole/results.csv gathered/results.csv
dcnn experiment plan.json -o both --no-plots --merge a --merge b >both.txt
for file in results.csv summary.csv summary.md plan.json plots/latency.dat plots/units.gp; do cmp whole/$file both/$file; done
dcnn experiment plan.json -o half --merge a
echo $?
dcnn experiment plan.json -o twice --merge a --merge a
echo $?
