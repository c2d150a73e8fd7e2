dcnn experiment plan.json --bogus
