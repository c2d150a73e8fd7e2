dcnn place two-cameras.json -o /dev/full | grep "^proof"
dcnn place two-cameras.json -o /dev/full >/dev/null 2>&1
