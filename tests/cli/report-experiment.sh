# The page about an experiment's folder: its sections in order, the figures of summary.csv, the same bytes again.
dcnn experiment plan.json --no-plots -o run >/dev/null
dcnn report run -o page.html
grep -o '<h[123][^>]*>.*</h[123]>' page.html | sed 's/<[^>]*>//g'
sed -n '/Latencies in ms/,/<\/table>/p' page.html | sed -n 's/<[^>]*>/ /gp' | tr -s ' '
sed -n '/dcnn experiment/,/<\/pre>/p' page.html | sed 's/<[^>]*>//g' | head -3
dcnn report run -o - | cmp - page.html
# Without the times, which differ from run to run, another run makes the same page.
dcnn experiment plan.json --no-plots -o again --threads 2 >/dev/null
rm run/times.csv again/times.csv
dcnn report run -o - >one.html
mv run gone && mv again run
dcnn report run -o - | cmp - one.html
grep -c 'Time to solve' one.html
grep -v 'xmlns=' page.html | grep -E 'https?:|src=|@import|url\(' && echo "loads something"
exit 0
