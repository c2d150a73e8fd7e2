dcnn draw two-cameras.json -o - >/dev/full
