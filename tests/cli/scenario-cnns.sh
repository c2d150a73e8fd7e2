# CNNs: ends, layers, exits, models, sharing.
. ./refuse.sh
refuse 's/"source": "cam", "sink"/"source": "can", "sink"/' 's/"source": "cam", "sink"/"sink"/' 's/"sink": "hub"/"sink": 1/' \
    's/"weight": 2/"weight": -2/' 's/"weight": 2/"weight": "2"/' 's/"0.9 s"/"0.9 m"/' 's/"0.9 s"/-1/' 's/"0.9 s"/"1e9 s"/' \
    's/"weight": 2/"wieght": 2/' 's/"id": "gate"/"id": "door"/' 's/"input_bytes": 2352, "layers"/"layers"/' \
    's/"ops": 1920/"ops": -1920/' 's/"ops": 1920, //' 's/"output_bytes": 40/"output_bytes": 1e99/' \
    's/"output_bytes": 40/"output_byte": 40/' 's/"name": "fc"/"name": "conv"/' 's/"name": "fc", //' \
    's/"exit_probability": 0.5/"exit_probability": 1.5/' 's/"exit_probability": 0.5/"exit_probability": -0.1/' \
    's/"output_bytes": 40/"output_bytes": 40, "exit_probability": 0.1/' 's/"p": \[1, 1\], //' 's/"p": \[1, 1\]/"p": [1]/' \
    's/"p": \[1, 1\]/"p": [1, 2]/' 's/"p": \[1, 1\]/"p": [1, null]/' 's/"deadline_s"/"p": [1, 1], "g": [0, 1], "deadline_s"/' \
    's/"cnn5-ee"/"cnn6-ee"/' 's/"cnn5-ee"/"paper\/alexx"/' 's/"cnn5-ee"/5/' 's/"exit1"/"exit9"/' 's/0.25/0.25, "conv2": 0.8/' \
    's/"exits": {.*} }/"exits": [ 0.25 ] }/' 's/"model": "cnn5-ee"/"file": "absent.onnx"/' 's/"model": "cnn5-ee", //' \
    's/"model": "cnn5-ee"/"model": "cnn5-ee", "layers": []/' 's/"exits"/"count": "all", "exits"/' \
    's/"layers": \[$/"layers": [ 7,/'
refuse 's/"layer": "conv" } \] \]/"layer": "konv" } ] ]/' 's/{ "cnn": "gate", "layer"/{ "cnn": "gait", "layer"/' \
    's/, { "cnn": "gate", "layer": "conv" }//' 's/{ "cnn": "gate", "layer": "conv" }/{ "cnn": "door", "layer": "fc" }/' \
    's/{ "cnn": "gate", "layer": "conv" }/{ "cnn": "gate", "layer": "out" }/' 's/"shared_layers": \[.*\]/"shared_layers": {}/' \
    's/"shared_layers": \[.*\]/"shared_layers": [ [ "door", "gate" ] ]/' 's/"cnn": "gate", "layer": "conv"/"cnn": "gate"/' \
    's/"name": "conv", "memory_bytes": 19200, "ops": 38133, "output_bytes": 50176 }/"name": "conv", "memory_bytes": 1, "ops": 2, "output_bytes": 3 }/'
