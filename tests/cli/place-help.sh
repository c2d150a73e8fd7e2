dcnn place --help
