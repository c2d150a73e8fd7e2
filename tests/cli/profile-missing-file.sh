dcnn profile absent.onnx
