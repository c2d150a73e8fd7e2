dcnn import-network mesh.json
