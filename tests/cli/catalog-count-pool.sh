dcnn catalog alexnet --count pool
