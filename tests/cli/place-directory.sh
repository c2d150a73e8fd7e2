dcnn place .
