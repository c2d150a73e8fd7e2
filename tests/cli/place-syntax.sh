dcnn place syntax.json
