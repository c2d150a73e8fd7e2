dcnn place three-alexnets.json -o p.json >/dev/null
dcnn report three-alexnets.json p.json -o a.html
dcnn report three-alexnets.json p.json -o - | cmp - a.html
