dcnn experiment --help
