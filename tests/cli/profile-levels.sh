# The same model, finer and coarser.
write_models .
for level in node block stage; do dcnn profile cnn5.onnx --level $level; done
dcnn profile resnet-18.onnx --max-blocks 3
dcnn profile cnn5.onnx --count pool --activations
