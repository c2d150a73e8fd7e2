cat >proof.json <<'END'
{"dcnn": "certificate", "version": 1, "objective": "sum", "bound_ns": -1, "tick_bits": 17, "parts": [
  {"below_ns": 1, "nodes": [
    {"steps": [{"prices": [["layers", 99, 1, 0], ["memory", 0, 0, 1, 0], ["light", 0, 1, 0], ["ops", 0, 1], ["shared", 7, 1, 0, 1, 0]], "floors": [1]}],
     "split": {"cnn": 0, "unit": 0, "layer": 99}},
    {"steps": [], "listed": {"prices": [], "cuts": [{"price": -1, "cnns": [9], "rows": [["shared", 0, 1, 0]]}]}, "note": "x"}]}]}
END
dcnn place two-cameras.json --json | dcnn check two-cameras.json - --certificate proof.json
