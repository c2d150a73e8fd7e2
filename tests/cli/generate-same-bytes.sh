dcnn generate --seed 4 -o a.json && dcnn generate --seed 4 -o - | cmp - a.json && dcnn generate --seed 5 -o b.json && ! cmp -s a.json b.json
