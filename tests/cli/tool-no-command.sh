# Misuse: the help on standard error, exit 2.
dcnn 2>told
code=$?
dcnn --help | cmp - told
exit $code
