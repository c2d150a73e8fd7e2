dcnn profile .
