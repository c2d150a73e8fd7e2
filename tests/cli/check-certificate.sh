# A proof made by hand: one node, closed by a list without prices. What it says of one nanosecond more is not so.
proof() {
    printf '{"dcnn": "certificate", "version": 1, "objective": "sum", "bound_ns": %s, "tick_bits": 0, "parts": [' "$1"
    printf '{"below_ns": %s, "nodes": [{"listed": {"prices": []}}]}]}' "$1"
}
dcnn place two-cameras.json -o p.json >/dev/null
value=$(sed -n 's/.*"value_ns": \([0-9]*\).*/\1/p' p.json)
proof "$value" >proof.json
dcnn check two-cameras.json p.json --certificate proof.json
proof $((value + 1)) >proof.json
dcnn check two-cameras.json p.json --certificate proof.json
echo "exit $?"
proof $((value - 1)) >proof.json
dcnn check two-cameras.json p.json --certificate proof.json
echo "exit $?"
