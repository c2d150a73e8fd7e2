dcnn report two-cameras.json nowhere.json -o page.html
