[ -e /dev/full ] || { echo 'no /dev/full'; exit 77; }
dcnn experiment plan.json --no-plots >/dev/full
