dcnn import-network syntax.json -o x.json; code=$?; ls x.json 2>/dev/null; exit $code
