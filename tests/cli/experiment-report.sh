# What make paper says of figures that agree, that only published behaviour explains, and that nothing explains.
results() { # results FOLDER VALUE-IN-MS...: a draw each, a fifth of it transfers; the last one is not proven
    folder=$1
    shift
    mkdir -p "$folder"
    echo 'system,setting,layers_per_unit,draw,proof,value_ns,bound_ns,source_ns,compute_ns,transfer_ns,sink_ns,units_used' >"$folder/results.csv"
    for value in "$@"; do
        echo "45-45-10,alexnet x1,1,0,optimal,${value}000000,${value}000000,0,$((value * 4 / 5))000000,$((value / 5))000000,0,odroid 2;jetson 1"
    done >>"$folder/results.csv"
    echo "45-45-10,alexnet x1,1,1,none,1000000000,999000000,0,800000000,200000000,0,odroid 2" >>"$folder/results.csv"
}
results table7 1000 1005 995 1000
results table7-published 1100 1105 1095 1100 1200
cat >printed.csv <<'CSV'
table,system,setting,layers_per_unit,quantity,mean,sd
7,45-45-10,alexnet x1,1,t,1001.00,4
7,45-45-10,alexnet x1,1,tp,880.0,40
7,45-45-10,alexnet x1,1,tt,500,
7,45-45-10,alexnet x1,1,jetson,.8,
7,45-45-10,alexnet x1,1,toaster,0,
CSV
cat >runs.csv <<'CSV'
part,plan,solves,seconds
defined,table7,5,10
published,table7-published,3,61
CSV
awk -f "$DCNN_EXAMPLES/../experiments/report.awk" -v csv=report.csv printed.csv runs.csv table7/results.csv table7-published/results.csv |
    sed -n '/^| 45/p; /^## Agreement/,/^- D1/p'
cat report.csv
