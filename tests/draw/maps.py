"""maps.py DCNN EXAMPLES - maps as `dcnn draw` writes them: valid, repeatable, small, free of collisions, true to the network."""
import json
import math
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest

from svg import Map

DCNN, EXAMPLES = sys.argv[1], sys.argv[2]
NAMES = ['two-cameras', 'one-alexnet', 'three-alexnets', 'early-exit', 'mixed']
LONG = 'W' * 10000
HOSTILE = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'; & ]]>-->", '\u202eevil \u05e9\u05dc\u05d5\u05dd',
           '\u0001\u0007\t\u007f', '\U0001f600 \u540d\u524d', ' ', LONG]


def dcnn(*words):
    subprocess.run([DCNN, *words], check=True, stdout=subprocess.DEVNULL)


def read(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def unit(name, **more):
    return {'id': name, 'memory_bytes': 1000000, 'ops_per_s': 1e6, **more}


def cnn(source, count=2, name='c'):
    layers = [{'name': f'l{k}', 'memory_bytes': 1000, 'ops': 1000, 'output_bytes': 10} for k in range(count)]
    return {'id': name, 'input_bytes': 10, 'source': source, 'layers': layers}


class Maps(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def draw(self, scenario, placed=True, *options):
        words = [scenario]
        if placed:
            dcnn('place', scenario, '-o', self.path('placement'))
            words.append(self.path('placement'))
        dcnn('draw', *words, '-o', self.path('map.svg'), *options)
        with open(self.path('map.svg'), 'rb') as file:
            return file.read()

    def write(self, units, network, cnns, **more):
        scenario = {'dcnn': 'scenario', 'version': 1, 'units': units, 'network': {'rate_bytes_per_s': 1e6, **network},
                    'cnns': cnns, 'limits': {'layers_per_unit': 1}, **more}
        with open(self.path('scenario'), 'w', encoding='ascii') as file:
            json.dump(scenario, file)
        return self.path('scenario')

    def example(self, name):
        return os.path.join(EXAMPLES, name + '.json')

    def examples(self):
        return [(name, self.draw(self.example(name)), read(self.example(name)), read(self.path('placement')))
                for name in NAMES]

    def check_sound(self, drawn, data):
        self.assertEqual(drawn.collisions(), [])
        for box in drawn.cards:
            self.assertTrue(box.inside(drawn.frame), box)
        for number in drawn.numbers():
            self.assertTrue(math.isfinite(float(number)), number)
        if shutil.which('xmllint'):
            subprocess.run(['xmllint', '--noout', '--nonet', '-'], input=data, check=True)

    def test_examples_are_sound_small_and_repeatable(self):
        for name, data, _, _ in self.examples():
            self.check_sound(Map(data), data)
            self.assertLess(len(data), 200000)
            self.assertEqual(data, self.draw(self.example(name)))

    def test_layers_and_endpoints_are_named_where_they_are(self):
        for _, data, scenario, placement in self.examples():
            words = Map(data).words()
            for c in placement['cnns']:
                self.assertIn(c['id'], words)
                for host in c['units']:
                    self.assertIn(host, words)
            for end in scenario['endpoints']:
                self.assertIn(end['id'], words)
            self.assertFalse([w for w in words if 'LEFT OUT' in w])

    def test_routes_follow_links(self):
        for _, data, scenario, _ in self.examples():
            places = [(p['x_m'], p['y_m']) for p in scenario['units'] + scenario['endpoints']]
            reach = float(str(scenario['network']['range_m']).split()[0])
            messages = Map(data).messages
            self.assertTrue(messages)
            for _, passed, _ in messages:
                self.assertGreater(len(passed), 1)
                for a, b in zip(passed, passed[1:]):
                    self.assertLess(math.dist(places[a], places[b]), reach)

    def test_exits_are_dash_dotted_and_tell_their_probability(self):
        drawn = Map(self.draw(self.example('early-exit')))
        self.assertEqual(sum(decision for _, _, decision in drawn.messages), 2)
        self.assertIn('77.2 %', drawn.words())
        self.assertIn('22.8 %', drawn.words())
        self.assertIn('.d{stroke-dasharray:9 3.5 1.5 3.5}', drawn.style)

    def test_scale_bar_is_true(self):
        for name, data, scenario, _ in self.examples():
            drawn = Map(data)
            shown = next(w for w in drawn.words() if w.endswith(' m') and w[:-2].isdigit())
            a, b = scenario['units'][:2]
            apart_m = math.hypot(a['x_m'] - b['x_m'], a['y_m'] - b['y_m'])
            apart_px = math.dist(drawn.centre(0), drawn.centre(1))
            self.assertAlmostEqual(drawn.scale_px / int(shown[:-2]), apart_px / apart_m, delta=0.01 * apart_px / apart_m,
                                   msg=name)

    def test_title_tells_how_far_from_optimal(self):
        scenario = self.example('three-alexnets')
        dcnn('place', scenario, '--gap', '0.9', '-o', self.path('placement'))
        found = read(self.path('placement'))
        dcnn('draw', scenario, self.path('placement'), '-o', self.path('map.svg'))
        with open(self.path('map.svg'), 'rb') as file:
            title = next(w for w in Map(file.read()).words() if 'expected latency' in w)
        above = 100 * (found['value_ns'] - found['bound_ns']) / found['bound_ns']
        told = re.search(r', at most ([0-9.]+) % above the optimum$', title)
        self.assertAlmostEqual(float(told[1]), above, delta=0.001)

    def test_hostile_names_are_text(self):
        for name in HOSTILE:
            with self.subTest(name[:40]):
                self.check_hostile(name)

    def check_hostile(self, name):
        there = cnn(name, name=name)
        there['layers'][0]['name'] = name
        data = self.draw(self.write([unit(name, type=name, x_m=0, y_m=0), unit('b', x_m=1, y_m=1)], {'range_m': 5}, [there],
                                    unit_types={name: {'memory_bytes': 1000000, 'ops_per_s': 1e6}}, name=name))
        drawn = Map(data)
        self.check_sound(drawn, data)
        self.assertLess(len(data), 200000)
        allowed = {'svg', 'style', 'rect', 'text', 'path', 'g', 'title'}
        self.assertLessEqual({e.tag.split('}')[1] for e in drawn.root.iter()}, allowed)
        for element in drawn.root.iter():
            self.assertFalse([key for key in element.attrib if key.startswith('on') or 'href' in key])
        for word in drawn.words():
            self.assertFalse(set(word) & set('\u202e\u0001\u0007\t\u007f'), word)
        if '<' in name:
            self.assertTrue([word for word in drawn.words() if word.startswith('<script>') or word.startswith('"><img')])

    def test_without_positions_a_layout_is_computed(self):
        units = [unit(f'u{k}') for k in range(40)]
        links = [{'a': f'u{k}', 'b': f'u{(k * 7 + 3) % 40}'} for k in range(40) if k != (k * 7 + 3) % 40]
        links += [{'a': f'u{k}', 'b': f'u{k + 1}'} for k in range(39)]
        order = [u['id'] for u in units]
        hops = [[abs(a - b) for b in range(40)] for a in range(40)]
        for network in ({'links': links}, {'hops': {'order': order, 'matrix': hops}}):
            data = self.draw(self.write(units, network, [cnn('u0', 5)]))
            drawn = Map(data)
            self.check_sound(drawn, data)
            self.assertTrue([w for w in drawn.words() if w.startswith('No scale: ')])
            self.assertIsNone(drawn.scale_px)
            self.assertEqual(len(drawn.marks), 40)
            self.assertEqual(len({mark[-1].get('d') or tuple(mark[-1].attrib.items()) for mark in drawn.marks.values()}), 40)

    def test_islands_and_lone_units_without_links(self):
        units = [unit(f'u{k}') for k in range(9)]
        data = self.draw(self.write(units, {'links': [{'a': 'u0', 'b': 'u1'}, {'a': 'u5', 'b': 'u6'}]}, [cnn('u0')]))
        self.check_sound(Map(data), data)

    def test_odd_positions(self):
        spots = [[(0, 0)] * 5, [(0, 0), (1e-9, 0), (0, 1e-9)], [(1e6, -1e6), (1e6 + 1, -1e6), (1e6, 1 - 1e6)],
                 [(k, 0) for k in range(5)], [(0, 0)]]
        for spot in spots:
            with self.subTest(spot):
                units = [unit(f'u{k}', x_m=x, y_m=y) for k, (x, y) in enumerate(spot)]
                data = self.draw(self.write(units, {'range_m': 2}, [cnn('u0', 1)]))
                self.check_sound(Map(data), data)

    def test_many_cnns_on_one_unit(self):
        many = [cnn('a', 3, f'cnn{k}') for k in range(60)]
        data = self.draw(self.write([unit('a', x_m=0, y_m=0), unit('b', x_m=1, y_m=0)], {'range_m': 2}, many, limits={}))
        drawn = Map(data)
        self.check_sound(drawn, data)
        self.assertIn('and 45 more', drawn.words())

    def test_range_circles(self):
        drawn = Map(self.draw(self.example('one-alexnet'), True, '--range-circles'))
        self.assertEqual(sum(e.tag.endswith('circle') and e.get('cx') is not None and float(e.get('r')) > 100
                             for e in drawn.root.iter()), 51)

    def test_scenario_without_placement(self):
        for name in NAMES:
            data = self.draw(self.example(name), False)
            self.check_sound(Map(data), data)

    def test_a_thousand_units_stay_legible(self):
        dcnn('generate', '--units', '1000', '--area', '130', '--cnns', '5', '--model', 'alexnet-ee', '--seed', '1', '-o',
             self.path('scenario'))
        data = self.draw(self.path('scenario'))
        drawn = Map(data)
        self.check_sound(drawn, data)
        self.assertLess(len(data), 500000)
        self.assertIn('LEFT OUT FOR WANT OF ROOM', drawn.words())
        self.check_nothing_of_weight_is_left_out(drawn)

    def check_nothing_of_weight_is_left_out(self, drawn):
        missing = ('in use', 'of layers', 'probabilit')
        self.assertFalse([w for w in drawn.words() if w[0].isdigit() and any(what in w for what in missing)])

    def test_meshes(self):
        folder = os.path.join(os.environ.get('DCNN_REFERENCE_DIR', 'none'), 'topologies')
        for name in ('freifunk-leipzig.json', 'freifunk-ulm.json'):
            if not os.path.exists(os.path.join(folder, name)):
                self.skipTest('no maps of meshes here (DCNN_REFERENCE_DIR)')
            subprocess.run([DCNN, 'import-network', os.path.join(folder, name), '--largest', '--layers-per-unit', '2', '--cnns',
                            '3', '--model', 'alexnet-ee', '-o', self.path('scenario')], check=True, stderr=subprocess.DEVNULL)
            data = self.draw(self.path('scenario'))
            drawn = Map(data)
            self.check_sound(drawn, data)
            self.check_nothing_of_weight_is_left_out(drawn)

    def test_ten_thousand_units_within_two_seconds(self):
        dcnn('generate', '--units', '10000', '--area', '410', '--cnns', '5', '--model', 'alexnet-ee', '--seed', '1', '-o',
             self.path('scenario'))
        dcnn('place', self.path('scenario'), '-o', self.path('placement'))
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        dcnn('draw', self.path('scenario'), self.path('placement'), '-o', self.path('map.svg'))
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, 2)
        with open(self.path('map.svg'), 'rb') as file:
            self.check_sound(Map(file.read()), b'<svg/>')


unittest.main(argv=['maps.py', *sys.argv[3:]])
