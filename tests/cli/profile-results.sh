# Only what the wanted results need counts; a tensor inside the model can be one.
write_models .
dcnn profile cnn5-ee.onnx --level stage --result label
dcnn profile cnn5-ee.onnx --result cut2
dcnn profile cnn5-ee.onnx --result label --exit gate=0.77 --cnn
