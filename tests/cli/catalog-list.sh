dcnn catalog
