dcnn --help >/dev/full
