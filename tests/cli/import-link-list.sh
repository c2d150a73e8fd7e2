dcnn import-network mesh.json --largest --cnns 2 --model cnn5 --source 2 --layers-per-unit 2 -o -
