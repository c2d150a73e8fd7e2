command -v xmllint >/dev/null || { echo "no xmllint"; exit 77; }
dcnn place two-cameras.json -o p.json >/dev/null && dcnn draw two-cameras.json p.json -o map.svg && xmllint --noout map.svg
