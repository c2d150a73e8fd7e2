# Every file of the folder that is damaged, missing or does not fit the others is told with its line; exit 3.
dcnn experiment plan.json --no-plots -o run >/dev/null
try() { # try FILE SED-SCRIPT
    cp "run/$1" kept
    sed "$2" kept >"run/$1"
    dcnn report run -o page.html
    echo "$1, $2: $?"
    cp kept "run/$1"
}
try summary.csv '1s/mean_ms/mean/'
try summary.csv '3s/,2,3,/,2,three,/'
try summary.csv '3s/raspberry-pi-3b+ [0-9.]*/raspberry-pi-3b+ <script>alert(1)<\/script>/'
try results.csv '4s/,one,/,uno,/'
try results.csv '5s/,optimal,finished,/&-/'
try results.csv '$d'
try times.csv '3s/.*/1,nan/'
try plan.json 's/"cnn5"\], "layers/"cnn55"], "layers/'
printf 'a,b\n' >run/times.csv
dcnn report run -o page.html
echo $?
tr 'o' '\0' <run/results.csv >kept && cp kept run/results.csv
dcnn report run -o page.html
echo $?
rm run/summary.csv
dcnn report run -o page.html
echo $?
ls page.html
