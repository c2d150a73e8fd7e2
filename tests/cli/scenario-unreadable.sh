# A file that may not be read: root has to give up the right to read everything first.
cp sound.json locked.json
chmod 000 locked.json
everything=-dac_override,-dac_read_search
setpriv --inh-caps=$everything --bounding-set=$everything true 2>setpriv.log || { echo 'setpriv cannot be used'; exit 77; }
setpriv --inh-caps=$everything --bounding-set=$everything dcnn place locked.json
