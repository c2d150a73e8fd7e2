# What the pieces of a model weigh, compute and send.
write_models .
dcnn profile alexnet.onnx
