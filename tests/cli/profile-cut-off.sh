# A model whose end was lost.
write_models .
head -c 500 alexnet.onnx >part.onnx
dcnn profile part.onnx
