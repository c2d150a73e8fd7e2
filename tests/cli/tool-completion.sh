# Completion of commands, options and names of CNNs, as bash would ask for it.
command -v bash >/dev/null || { echo "no bash"; exit 77; }
bash -c '
    . "$DCNN_EXAMPLES/../tools/completion/dcnn.bash"
    try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _dcnn; echo "$*: ${COMPREPLY[*]}"; }
    try dcnn pl
    try dcnn place --t
    try dcnn generate --model resnet
    try dcnn catalog alexnet-'
