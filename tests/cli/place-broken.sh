# Broken scenarios, one message for each fault, exit 3: the table in files/broken.txt, then files that no line can hold.
unit='{"id": "a", "memory_bytes": 1000, "ops_per_s": 1, "x_m": 0, "y_m": 0}'
layers='"layers": [{"name": "l", "memory_bytes": 1, "ops": 1, "output_bytes": 1}]'
cnn='{"id": "c", "source": "a", "input_bytes": 1, '$layers'}'
try() {
    dcnn place "$1" -o out.json >said 2>&1
    echo "$1: exit $?"
    sed "s/^dcnn: $1: /    /; s/^/    /" said | cut -c 1-300
    [ ! -e out.json ] || echo 'a file was written'
}
sed '/^#/d' broken.txt | while IFS='	' read -r name text; do
    printf '%s\n' "$text" | sed -e 's/@units/"units": [@unit, {"id": "b", "memory_bytes": 1000, "ops_per_s": 1, "x_m": 1, "y_m": 0}]/' \
        -e 's/@net/"network": {"range_m": 9, "rate_bytes_per_s": 1}/' -e 's/@cnns/"cnns": [@cnn]/' \
        -e "s/@unit/$unit/g" -e "s/@cnn/$cnn/g" -e "s/@layers/$layers/g" >"$name"
    try "$name"
done
: >empty
head -c 100000 /dev/zero | tr '\0' '[' >deep
{ printf '{"name": "'; head -c 4000000 /dev/zero | tr '\0' 'x'; printf '"}'; } >long-text
printf '{"dcnn": "sc\377nario"}' >not-utf-8
printf '{"dcnn": "scenario"\000}' >zero-byte
printf '\357\273\277{"dcnn": "scenario"}' >byte-order-mark
mkdir directory
for name in empty deep long-text not-utf-8 zero-byte byte-order-mark directory absent; do try $name; done
