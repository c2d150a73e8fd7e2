dcnn generate --cnns 3 --seed 1 -o city.json
dcnn place city.json --gap 0.5 -o out.json | sed -n "/^proof/p"
dcnn check city.json out.json
