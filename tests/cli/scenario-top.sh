# The frame of the file: keys missing, unknown, of a wrong type.
. ./refuse.sh
refuse 's/"dcnn": "scenario"/"dcnn": "placement"/' 's/"dcnn": "scenario", //' 's/"version": 1/"version": 2/' \
    's/"version": 1/"version": "1"/' 's/"name": "sound"/"name": 7/' 's/"limits"/"limit"/' 's/"objective"/"colour"/' \
    's/"sum"/"mean"/' 's/"limits": {.*}/"limits": []/' 's/"layers_per_unit": 9/"layers_per_unit": 0/' \
    's/"layers_per_unit": 9/"layers_per_unit": 1.5/' 's/"layers_per_unit": 9/"layers_per_unit": "9"/' \
    's/"layers_per_unit": 9/"layers_per_unit": 3000000000/' '/"network"/d' '/"units": \[/,/^  \],/d' '/"cnns": \[/,/^  \],/d' \
    '1,$c []' '1,$c null' '1,$c {}'
