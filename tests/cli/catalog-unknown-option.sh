dcnn catalog --frobnicate
