dcnn generate --seed 4
