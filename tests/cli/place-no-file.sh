dcnn place
