dcnn generate --help
