# A folder with results is refused; --resume finds nothing left to do; another plan does not belong there.
dcnn experiment plan.json --no-plots >first.txt
cp plan/results.csv first.csv
dcnn experiment plan.json
echo $?
dcnn experiment plan.json --no-plots --resume >second.txt
cmp first.txt second.txt
cmp first.csv plan/results.csv
sed 's/"seed": 1/"seed": 2/' plan.json >other.json
dcnn experiment other.json -o plan --resume
