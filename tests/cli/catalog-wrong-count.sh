dcnn catalog --count pools
