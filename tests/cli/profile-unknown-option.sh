dcnn profile --levels block net.onnx
