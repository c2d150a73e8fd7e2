dcnn catalog paper/alexgc
