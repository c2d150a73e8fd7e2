# Files that hold no scenario at all, and texts of megabytes: refused, at once and in little memory (tests/scenario counts it).
refuse_file() {
    dcnn place "$1" >said 2>&1
    code=$?
    cut -c 1-200 said
    echo "exit $code"
}
: >empty.json
refuse_file empty.json
printf ' \n\n' >blank.json
refuse_file blank.json
mkdir folder.json
refuse_file folder.json
refuse_file absent.json
ln -s loop.json loop.json
refuse_file loop.json
head -c 100000 /dev/zero | tr '\0' '[' >deep.json
refuse_file deep.json
head -c 100000 /dev/zero | sed 's/\x00/{"a":/g' >deep-objects.json
refuse_file deep-objects.json
{ printf '"'; head -c 8000000 /dev/zero | tr '\0' 'a'; } >open-text.json
refuse_file open-text.json
{ printf '{"dcnn":"'; head -c 8000000 /dev/zero | tr '\0' 'a'; printf '"}'; } >long-text.json
refuse_file long-text.json
{ printf '{"'; head -c 8000000 /dev/zero | tr '\0' 'a'; printf '":1,"dcnn":"scenario","version":1}'; } >long-key.json
refuse_file long-key.json
{ printf '{"dcnn":'; head -c 8000000 /dev/zero | tr '\0' '7'; printf '}'; } >long-number.json
refuse_file long-number.json
head -c 100000 /dev/zero >zeros.json
refuse_file zeros.json
printf '{\0}' >nul.json
refuse_file nul.json
printf '{ "dcnn": "\377" }' >latin.json
refuse_file latin.json
printf '{ "dcnn": "\300\200" }' >overlong.json
refuse_file overlong.json
printf '\357\273\277{}' >marked.json
refuse_file marked.json
printf '{\000}' | tr '{}' '\376\377' >utf-16.json
refuse_file utf-16.json
