dcnn place two-cameras.json -o no/such/folder/out.json >/dev/null
