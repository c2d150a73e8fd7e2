dcnn place --frobnicate
