dcnn place faulty.json
