dcnn draw --help
