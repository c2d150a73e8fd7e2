# Names of a plan with markup, writing from right to left and as many letters as there may be appear as text.
command -v xmllint >/dev/null || { echo "no xmllint"; exit 77; }
long=$(printf '%200s' '' | tr ' ' W)
sed -e 's/"small"/"<script>alert(1)<\/script>"/' -e 's/"one"/"\\u202eevil <img src=x onerror=alert(1)>"/' -e "s/\"two\"/\"$long\"/" \
    -e 's/"version": 1,/& "name": "<\/title><\/style><script>alert(1)<\/script>",/' plan.json >hostile.json
dcnn experiment hostile.json --no-plots -o "it's < here" >/dev/null
dcnn report "it's < here" -o page.html
# Once style and script of its own are taken out, the page is well-formed XML: nothing of the names is markup.
sed -e '1d' -e 's/<meta[^>]*>//' -e 's/<br>//g' -e '/^<script>$/,/^<\/script>$/d' page.html >page.xml
xmllint --noout page.xml
grep -cE '<img|<script>alert' page.html
grep -c 'W\{200\}' page.html
grep -o 'dcnn experiment.*' page.html
cut -d, -f2 "it's < here/summary.csv" | wc -L
