dcnn generate -o /dev/full
