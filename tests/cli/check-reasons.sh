dcnn place crowded.json -o p.json >/dev/null
dcnn check crowded.json p.json
try() { sed "$1" p.json >q.json; dcnn check crowded.json q.json; }
try 's/"units": \["hub-1", /"units": [/'
try 's/"units": \["hub-1", "hub-2"/"units": ["hub-2", "hub-1"/'
try 's/"limit": "memory"/"limit": "ops_budget"/'
try 's/"units": \["hub-1"/"units": ["cam"/'
try 's/"to": 301989888/"to": 1/'
try 's/"proof": "infeasible"/"proof": "none"/'
try 's/"like"/"as"/'
