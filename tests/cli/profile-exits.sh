# An early exit, as a CNN to paste into a scenario.
write_models .
dcnn profile alexnet-ee.onnx --exit gate=0.772
dcnn profile alexnet-ee.onnx --exit gate=0.772 --cnn
