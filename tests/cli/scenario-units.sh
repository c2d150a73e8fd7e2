# Units, their types, endpoints.
. ./refuse.sh
refuse 's/"memory_bytes": 524288/"memory_bytes": -1/' 's/"memory_bytes": 524288/"memory_bytes": 9007199254740993/' \
    's/"memory_bytes": 524288/"memory_bytes": 1e300/' 's/"memory_bytes": 524288/"memory_bytes": null/' \
    's/"memory_bytes": 524288/"memory_bytes": "512"/' 's/"memory_bytes": 524288/"memory_bytes": "512 kib"/' \
    's/"memory_bytes": 524288/"memory_bytes": "512 kHz"/' 's/"memory_bytes": 524288/"memory_bytes": "much"/' \
    's/"memory_bytes": 524288, //' 's/"memory_bytes": 524288/"memory": 524288/' 's/"ops_per_s": 4e7/"ops_per_s": 0/' \
    's/"ops_per_s": 4e7/"ops_per_s": -4e7/' 's/"ops_per_s": 4e7/"ops_per_s": 1e300/' 's/"ops_per_s": 4e7/"ops_per_s": [4]/' \
    's/"ops_budget": 1000000/"ops_budget": -1/' 's/"type": "board"/"type": "bord"/' 's/"type": "board"/"type": "raspberry-pi-zro"/' \
    's/"type": "board"/"type": 3/' 's/"unit_types": {/"unit_types": { "empty": {},/' 's/"unit_types": {.*}/"unit_types": []/' \
    's/"256 MiB"/"-256 MiB"/' 's/"id": "leaf"/"id": "hub"/' 's/"id": "leaf"/"id": "cam"/' 's/"id": "leaf"/"id": ""/' \
    's/"id": "leaf", //' 's/"id": "leaf"/"id": ["leaf"]/' 's/"x_m": 0, //' 's/, "x_m": 0, "y_m": 2//' 's/"y_m": 2/"y_m": "2 s"/' \
    's/"y_m": 2/"y_m": 1e12/' 's/"endpoints": \[.*\]/"endpoints": {}/' 's/"endpoints": \[.*\]/"endpoints": [ "cam" ]/' \
    's/{ "id": "cam",/{ "id": "cam", "ops_per_s": 1,/'
