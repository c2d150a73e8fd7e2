# However long, wide or hostile the names, the table fits 80 columns and its columns stand below each other.
command -v python3 >/dev/null || { echo "no python3"; exit 77; }
cat >columns.py <<'END'
import json, re, subprocess, sys, unicodedata
names = ['\u6df1\u5c64\u5b66\u7fd2\u30cd\u30c3\u30c8\u30ef\u30fc\u30af\u4e00\u53f7', 'e\u0301' * 40, '\u202eevil \u05e9', '\U0001f600' * 9, 'x' * 200,
         'tab\there', 'a-b'] * 2
units = [{'id': f'{n}{k}', 'memory_bytes': 100000, 'ops_per_s': 1e6, 'x_m': k, 'y_m': 0} for k, n in enumerate(names)]
cnns = [{'id': f'{n}{k}', 'input_bytes': 10, 'source': units[0]['id'], 'layers': [
    {'name': f'{n}{j}', 'memory_bytes': 1000, 'ops': 1000000, 'output_bytes': 10} for j in range(5)]} for k, n in enumerate(names)]
scenario = {'dcnn': 'scenario', 'version': 1, 'name': '\u540d' * 100, 'units': units, 'cnns': cnns,
            'network': {'range_m': 50, 'rate_bytes_per_s': 1e6}, 'limits': {'layers_per_unit': 5}}
def wide(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line)
for feasible in (True, False):
    if not feasible: scenario['cnns'][0]['deadline_s'] = '1 us'
    json.dump(scenario, open('wide.json', 'w'))
    text = subprocess.run(['dcnn', 'place', 'wide.json', '--node-limit', '1'], stdout=subprocess.PIPE).stdout.decode()
    lines = text.splitlines()
    print(max(map(wide, lines)) <= 80, any('infeasible' in line for line in lines), '\x1b' in text, '\u202e' in text)
    rows = [wide(line) for line in lines if re.search(r'(\s+\d+\.\d{3}){5}$', line) or line.startswith('times in ms')]
    print(len(rows), set(rows))
END
PYTHONDONTWRITEBYTECODE=1 python3 columns.py
