dcnn import-network mesh.json --model alexnot -o x.json
dcnn import-network mesh.json --mix toaster=1 -o x.json
dcnn import-network mesh.json --mix 1 -o x.json
dcnn import-network mesh.json --missing-quality 2 -o x.json
dcnn import-network mesh.json --source roof -o x.json
