# Colour is for terminals: none in a pipe, none with NO_COLOR.
dcnn place two-cameras.json | grep -c "$(printf "\033")"
command -v script >/dev/null || { echo "no script(1) to make a terminal"; exit 77; }
NO_COLOR=1 TERM=xterm script -qec "dcnn place two-cameras.json" /dev/null </dev/null | grep -c "$(printf "\033")"
TERM=xterm script -qec "dcnn place two-cameras.json" /dev/null </dev/null | grep -c "$(printf "\033")"
exit 0
