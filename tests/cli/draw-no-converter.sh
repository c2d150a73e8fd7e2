# Without rsvg-convert the message says what to install, and no file appears.
tool=$(command -v dcnn)
PATH=/nowhere "$tool" draw two-cameras.json -o map.png
code=$?
ls map.png 2>/dev/null
exit $code
