dcnn catalog --help
