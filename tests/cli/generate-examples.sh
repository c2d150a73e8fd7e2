# The scenarios in examples/ are what these commands draw, on every machine.
again() { file=$1; shift; dcnn generate "$@" --seed 1 -o "$file" && cmp "$file" "$DCNN_EXAMPLES/$file"; }
again one-alexnet.json --model alexnet --area 10 --range 3
again early-exit.json --model alexnet-ee --area 10 --range 3 --mix stm32h7=0.5 --mix raspberry-pi-3b+=0.5
again three-alexnets.json --cnns 3 --model alexnet
again mixed.json --cnns 3 --model alexnet-ee --model resnet-101 --model resnet-101 --area 10 --range 3
