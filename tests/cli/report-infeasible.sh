# Without a placement the page says why and what would cure it, and still shows the scenario.
for name in too-small crowded; do
    dcnn place $name.json -o p.json >/dev/null
    dcnn report $name.json p.json -o page.html
    grep -o '<h2[^>]*>.*</h2>' page.html | sed 's/<[^>]*>//g'
    grep -E 'infeasible</b>|<li>|<p>Any one' page.html | sed 's/<[^>]*>/ /g' | tr -s ' '
done
