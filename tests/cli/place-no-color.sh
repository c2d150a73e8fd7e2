# Colour is for terminals: none in a pipe, none with NO_COLOR.
script -qec true /dev/null </dev/null >/dev/null 2>&1 || { echo "no script(1) to make a terminal"; exit 77; }
escapes() { grep -c "$(printf '\033')"; }
dcnn place two-cameras.json | escapes
NO_COLOR=1 TERM=xterm script -qec "dcnn place two-cameras.json" /dev/null </dev/null | escapes
TERM=xterm script -qec "dcnn place two-cameras.json" /dev/null </dev/null | escapes
exit 0
