command -v rsvg-convert >/dev/null || { echo "no rsvg-convert"; exit 77; }
dcnn draw two-cameras.json -o map.png && head -c 4 map.png | tail -c 3 && echo
dcnn draw two-cameras.json -o map.pdf && head -c 4 map.pdf && echo
