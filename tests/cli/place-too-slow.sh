dcnn place too-slow.json
