dcnn catalog alexnett
