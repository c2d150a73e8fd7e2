# A profile pasted into a scenario, and the file named in it, are placed alike.
write_models .
scenario() {
    printf '{ "dcnn": "scenario", "version": 1, "units": [ { "id": "pi", "type": "raspberry-pi-3b+", "x_m": 0, "y_m": 0 } ],\n'
    printf '  "network": { "range_m": 5, "rate_bytes_per_s": 1000000 }, "cnns": [ %s ] }\n' "$1"
}
dcnn profile cnn5.onnx --cnn >cnn.json || exit 1
sed 's/{ "id": "[^"]*"/{ "id": "eye", "source": "pi"/' cnn.json >eye.json
scenario "$(cat eye.json)" >pasted.json
scenario '{ "id": "eye", "source": "pi", "file": "cnn5.onnx" }' >named.json
for which in pasted named; do dcnn place $which.json --json | grep -v sha256 >$which.out; done
diff pasted.out named.out
