dcnn profile sound.json
