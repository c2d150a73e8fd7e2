dcnn generate --units 12 --cnns 2 --model cnn5 --model alexnet-ee --area "15 m" --range 7.5 --rate "7.2 Mbit/s" --mix stm32h7=1 --mix raspberry-pi-3b+=1 --layers-per-unit 2 --seed 9 -o city.json
dcnn place city.json -o p.json | sed -n "1,2p"
dcnn check city.json p.json
