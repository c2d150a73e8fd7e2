dcnn report --help
