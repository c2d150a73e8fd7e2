dcnn place two-cameras.json | sed "s/^search .*/search/"
