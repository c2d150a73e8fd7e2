dcnn place two-cameras.json -o p.json >/dev/null
sed "s/two cameras/2 cameras/" two-cameras.json >other.json
dcnn check other.json p.json | sed "s/[0-9a-f]\{64\}/HASH/g"
dcnn check other.json p.json >/dev/null
