dcnn import-solution --help
