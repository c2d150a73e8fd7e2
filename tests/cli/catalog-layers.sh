dcnn catalog alexnet-ee
