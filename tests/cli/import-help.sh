dcnn import-network --help
