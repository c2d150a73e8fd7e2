dcnn
