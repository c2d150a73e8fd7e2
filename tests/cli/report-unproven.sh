# A search that was stopped: the page tells the gap. A placement that is not what it claims to be: the page says so.
dcnn place three-alexnets.json --gap 0.9 -o p.json >/dev/null
dcnn report three-alexnets.json p.json --relax-limit 0 -o page.html
grep -c '<b class="open">none</b><small>stopped within the gap asked for</small>' page.html
grep -c '<b class="good">holds</b>' page.html
dcnn place two-cameras.json -o p.json >/dev/null
sed 's/"latency_ns": 9/"latency_ns": 8/' p.json >wrong.json
dcnn report two-cameras.json wrong.json --relax-limit 0 -o page.html
grep -c '<b class="bad">fails</b>' page.html
