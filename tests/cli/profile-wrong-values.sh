# Values of options that cannot be.
write_models .
for option in '--level fine' '--max-blocks -1' '--max-blocks x' '--cut nowhere' '--count everything' '--input-shape 1x0x3' \
    '--input-shape pixels=1x3x28x28' '--exit nowhere=0.5' '--exit logits=2' '--exit logits' \
    '--exit-csv absent.csv' '--max-cut-tensors 0' '--result nowhere' '--result image' '--exit label=0.5'; do
    echo "$option"
    dcnn profile $option cnn5.onnx 2>&1
    echo "exit $?"
done
