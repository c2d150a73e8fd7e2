# The frame of the help; the commands in it are tried one by one elsewhere.
dcnn --help | sed '/^  [a-z-]*   *[A-Z]/d'
dcnn -h >short
dcnn --help | cmp - short
