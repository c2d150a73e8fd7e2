# Two model files on a real mesh: placed, proven and checked.
[ -d "${DCNN_REFERENCE_DIR:-}/onnx" ] || { echo 'no reference data'; exit 77; }
cp "$DCNN_REFERENCE_DIR"/onnx/light_bvlc_alexnet.onnx "$DCNN_REFERENCE_DIR"/onnx/light_squeezenet.onnx .
for mesh in bielefeld leipzig; do
    dcnn import-network "$DCNN_REFERENCE_DIR/topologies/freifunk-$mesh.json" --largest --cnns 2 --model alexnet --model cnn5 \
        --seed 1 -o mesh.json 2>log || { cat log; exit 1; }
    sed -e 's/"model": "alexnet"/"file": "light_bvlc_alexnet.onnx", "input_shape": "1x3x227x227"/' \
        -e 's/"model": "cnn5"/"file": "light_squeezenet.onnx", "level": "stage", "count_activations": true/' \
        mesh.json >scenario.json
    dcnn place scenario.json -o placement.json | grep '^value\|^proof'
    dcnn check scenario.json placement.json
done
