dcnn import-network mesh.json -o /dev/full
