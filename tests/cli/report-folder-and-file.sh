mkdir empty
dcnn report empty -o page.html
echo $?
dcnn report empty two-cameras.json -o page.html
echo $?
dcnn report nowhere -o page.html
