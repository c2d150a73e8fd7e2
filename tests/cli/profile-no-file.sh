dcnn profile
