# Bash completion of dcnn. Commands and options are those that --help prints, so nothing is written twice.
_dcnn() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} tool=${COMP_WORDS[0]} words
    if ((COMP_CWORD == 1)); then
        words="--help --version $("$tool" --help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p')"
    elif [[ $before == --model || (${COMP_WORDS[1]} == catalog && $word != -*) ]]; then
        words=$("$tool" catalog --json 2>/dev/null | sed -n '/"cnns"/,$s/^    { "name": "\([^"]*\)".*/\1/p')
    elif [[ $word == -* ]]; then
        words=$("$tool" "${COMP_WORDS[1]}" --help 2>/dev/null | grep -o -e '--[a-z][a-z-]*')
    else
        compopt -o default
        return
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -F _dcnn dcnn
