# The sections in their order, what each CNN and limit comes to, and nothing to be loaded from elsewhere.
dcnn place two-cameras.json -o p.json >/dev/null
dcnn report two-cameras.json p.json -o page.html
grep -o '<h[123][^>]*>.*</h[123]>' page.html | sed 's/<[^>]*>//g'
sed -n '/Gain of relaxing/,/<\/table>/p' page.html | sed -n 's/<[^>]*>/ /gp' | tr -s ' '
grep -v 'xmlns=' page.html | grep -E 'https?:|src=|@import|url\(' && echo "loads something"
exit 0
