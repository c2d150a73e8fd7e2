dcnn experiment plan.json --shard 3/2
