dcnn check --frobnicate
