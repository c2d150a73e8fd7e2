# refuse EDIT...: for each edit by sed that breaks sound.json, what dcnn says and its exit code.
refuse() {
    for edit in "$@"; do
        sed "$edit" sound.json >broken.json
        printf '\n%s\n' "$edit"
        if cmp -s sound.json broken.json; then echo 'changes nothing'; fi
        dcnn place broken.json 2>&1
        echo "exit $?"
    done
}
