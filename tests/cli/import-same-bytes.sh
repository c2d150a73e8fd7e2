dcnn import-network mesh.json --seed 5 -o one.json 2>/dev/null && dcnn import-network mesh.json --seed 5 -o two.json && cmp one.json two.json
