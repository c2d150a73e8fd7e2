dcnn export --help
