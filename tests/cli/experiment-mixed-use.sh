dcnn experiment plan.json --num-exps 3
