dcnn draw --frobnicate
