dcnn experiment
