dcnn report --frobnicate
