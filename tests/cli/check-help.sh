dcnn check --help
