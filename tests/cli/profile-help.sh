dcnn profile --help
