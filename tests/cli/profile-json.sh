write_models .
dcnn profile cnn5.onnx --json
