# Without a placement the page says why, and still shows the scenario.
dcnn place too-small.json -o p.json >/dev/null
dcnn report too-small.json p.json -o page.html
grep -o '<h2[^>]*>.*</h2>' page.html | sed 's/<[^>]*>//g'
grep -E 'infeasible|<li>' page.html | sed 's/<[^>]*>/ /g' | tr -s ' '
