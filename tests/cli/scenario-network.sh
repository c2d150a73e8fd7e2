# The three kinds of network.
. ./refuse.sh
links() { refuse 's/"range_m": "7.5 m"/"links": '"$1"/; }
hops() { refuse 's/"range_m": "7.5 m"/"hops": '"$1"/; }
refuse 's/"range_m": "7.5 m"/"range_m": 0/' 's/"range_m": "7.5 m"/"range_m": "7.5 ms"/' 's/"range_m": "7.5 m"/"range_m": -1/' \
    's/"range_m": "7.5 m", //' 's/"range_m": "7.5 m"/"range_m": 1, "links": []/' 's/, "rate_bytes_per_s": "72.2 Mbit\/s"//' \
    's/"72.2 Mbit\/s"/"72.2 Mbit"/' 's/"72.2 Mbit\/s"/0/' 's/"72.2 Mbit\/s"/true/' 's/"network": {.*}/"network": "mesh"/'
links '{}'
links '[ { "a": "hub", "b": "hub" } ]'
links '[ { "a": "hub", "b": "leef" } ]'
links '[ { "a": "hub" } ]'
links '[ { "a": "hub", "b": "leaf", "rate": 1 } ]'
links '[ { "a": "hub", "b": "leaf", "latency_s": -1 } ]'
links '[ { "a": "hub", "b": "leaf", "retransmission": 1e10 } ]'
links '[ { "a": "hub", "b": "leaf", "one_way": 1 } ]'
refuse 's/"network": {.*}/"network": { "links": [ { "a": "hub", "b": "leaf" } ] }/'
hops '{}'
hops '{ "order": [ "hub", "leaf" ], "matrix": [ [ 0, 1 ], [ 1, 0 ] ] }'
hops '{ "order": [ "hub", "leaf", "hub" ], "matrix": [] }'
hops '{ "order": [ "hub", "leaf", "sun" ], "matrix": [] }'
hops '{ "order": [ "hub", "leaf", "cam" ], "matrix": [ [ 0, 1, 1 ], [ 1, 0, 1 ] ] }'
hops '{ "order": [ "hub", "leaf", "cam" ], "matrix": [ [ 0, 1, 1 ], [ 1, 0 ], [ 1, 1, 0 ] ] }'
hops '{ "order": [ "hub", "leaf", "cam" ], "matrix": [ [ 0, 1, 1 ], [ 1, 2, 1 ], [ 1, -1, 0 ] ] }'
hops '{ "order": [ "hub", "leaf", "cam" ], "matrix": [ [ 0, 1.5, 1 ], [ 1, null, 1 ], [ 1, "1", 0 ] ] }'
