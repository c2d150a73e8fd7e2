# A layer moved and a claim changed by hand.
dcnn place two-cameras.json --json | sed "s/\"value_ns\": [0-9]*/\"value_ns\": 1/" >p.json
dcnn check two-cameras.json p.json
