"""pages.py DCNN EXAMPLES - reports in a headless Chromium: what a reader does with them, by pointer, keyboard and printer."""
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from html.parser import HTMLParser

import browser

DCNN, EXAMPLES = sys.argv[1], sys.argv[2]
NAMES = ['two-cameras', 'three-alexnets', 'early-exit', 'mixed']
SECTIONS = ['Map', 'Where the time goes', 'One inference, from input to decision', 'Units, and how full they are',
            'Limits, and what relaxing them would gain', 'The scenario', 'How to reproduce this']
PAGES_MAX = 4


class Outline(HTMLParser):
    """Headings, and what structure readers of screens depend on."""

    def __init__(self, text):
        super().__init__()
        self.headings, self.level, self.tables, self.captions, self.scopeless, self.ids = [], 0, 0, 0, 0, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if re.fullmatch('h[1-6]', tag):
            self.level = int(tag[1])
            self.headings.append((self.level, ''))
        self.tables += tag == 'table'
        self.captions += tag == 'caption'
        self.scopeless += tag == 'th' and 'scope' not in attributes
        if 'id' in attributes:
            self.ids.append(attributes['id'])

    def handle_endtag(self, tag):
        if re.fullmatch('h[1-6]', tag):
            self.level = 0

    def handle_data(self, data):
        if self.level:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.browser = browser.Browser(browser.find())
        for name in NAMES:
            scenario, placement = os.path.join(EXAMPLES, name + '.json'), os.path.join(cls.folder, 'placement')
            cls.run_dcnn('place', scenario, '-o', placement)
            cls.run_dcnn('report', scenario, placement, '-o', cls.page(name))

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        shutil.rmtree(cls.folder)

    @staticmethod
    def run_dcnn(*words):
        subprocess.run([DCNN, *words], check=True, stdout=subprocess.DEVNULL)

    @classmethod
    def page(cls, name):
        return os.path.join(cls.folder, name + '.html')

    def text(self, name):
        with open(self.page(name), encoding='utf-8') as file:
            return file.read()

    def lit(self):
        return self.browser.evaluate('document.querySelectorAll(".lit").length')

    def opacity(self, selector):
        return float(self.browser.evaluate(f'getComputedStyle(document.querySelector("{selector}")).opacity'))

    def shown(self, selector):
        return self.browser.evaluate(f'getComputedStyle(document.querySelector("{selector}")).display') != 'none'

    def test_opens_without_complaint_or_request(self):
        for name in NAMES:
            with self.subTest(name):
                self.browser.open(self.page(name))
                self.assertEqual(self.browser.complaints(), [])
                self.assertEqual(self.browser.requests(), ['file://' + self.page(name)])

    def test_resting_on_a_unit_lights_up_what_belongs_to_it(self):
        self.browser.open(self.page('two-cameras'))
        self.browser.point(*self.browser.middle('.map .u.p1'))
        self.assertEqual(self.browser.evaluate('[...document.querySelectorAll(".lit")].every(e => e.matches(".p1"))'), True)
        self.assertGreater(self.lit(), 3)
        self.assertEqual(self.opacity('.map .u.p1'), 1)
        self.assertLess(self.opacity('.map .u.p2'), 0.5)
        self.browser.point(2, 2)
        self.assertEqual(self.lit(), 0)
        self.assertEqual(self.opacity('.map .u.p2'), 0.6)  # idle

    def test_resting_on_a_layer_lights_up_its_cnn(self):
        self.browser.open(self.page('two-cameras'))
        self.browser.point(*self.browser.middle('.map text.c1'))
        self.assertGreater(self.lit(), 3)
        self.assertEqual(self.opacity('.map .m.c1'), 1)
        self.assertLess(self.opacity('.map .m.c0'), 0.5)

    def test_rows_light_up_by_keyboard(self):
        self.browser.open(self.page('two-cameras'))
        for _ in range(40):
            self.browser.press('Tab', 'Tab', 9)
            if self.browser.evaluate('document.activeElement.matches("tr")'):
                break
        self.assertTrue(self.browser.evaluate('document.activeElement.matches("tr.lit")'))
        self.browser.press('Escape', 'Escape', 27)
        self.assertEqual(self.lit(), 0)

    def check_switches(self, name):
        self.browser.open(self.page(name))
        self.assertTrue(self.shown('.map .m.c1'))
        self.browser.click(*self.browser.middle('label[for=show-c1]'))
        self.assertFalse(self.shown('.map .m.c1'))
        self.assertTrue(self.shown('.map .m.c0'))
        self.browser.press(' ', 'Space', 32, ' ')
        self.assertTrue(self.shown('.map .m.c1'))

    def test_cnns_are_switched_by_pointer_and_keyboard(self):
        self.check_switches('two-cameras')

    def test_cnns_are_switched_without_script(self):
        with open(self.page('scriptless'), 'w', encoding='utf-8') as file:
            file.write(re.sub(r'<script>.*?</script>', '', self.text('two-cameras'), flags=re.DOTALL))
        self.check_switches('scriptless')

    def test_contrast_passes_wcag_aa_in_both_themes(self):
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'contrast.js'), encoding='utf-8') as file:
            script = file.read()
        for name in NAMES:
            for dark in (False, True):
                with self.subTest(name, dark=dark):
                    self.browser.open(self.page(name), dark=dark)
                    self.browser.evaluate('document.querySelectorAll("details").forEach(d => d.open = true)')
                    answer = self.browser.evaluate(script)
                    self.assertGreater(answer['count'], 100)
                    self.assertEqual(answer['found'], [])

    def test_structure_for_readers_of_screens(self):
        for name in NAMES:
            with self.subTest(name):
                outline = Outline(self.text(name))
                levels = [level for level, _ in outline.headings]
                self.assertEqual(levels[0], 1)
                self.assertEqual(levels.count(1), 1)
                self.assertTrue(all(b <= a + 1 for a, b in zip(levels, levels[1:])))
                self.assertEqual([text for level, text in outline.headings if level == 2], SECTIONS)
                self.assertEqual(outline.captions, outline.tables)
                self.assertEqual(outline.scopeless, 0)
                self.assertEqual(len(outline.ids), len(set(outline.ids)))

    def test_reads_in_order_without_styles(self):
        self.browser.open(self.page('three-alexnets'))
        tops = self.browser.evaluate('''(() => {
            for (const sheet of document.styleSheets) sheet.disabled = true;
            return [...document.querySelectorAll("h1, h2, h3, dt, caption")].map(e => e.getBoundingClientRect().top); })()''')
        self.assertEqual(tops, sorted(tops))
        text = self.browser.evaluate('document.querySelector("main").innerText')
        places = [text.index(words) for words in ['50 units, 3 CNNs', 'optimal', *SECTIONS]]
        self.assertEqual(places, sorted(places))

    def test_narrow_screens_scroll_tables_not_the_page(self):
        for name in NAMES:
            for width in (320, 420, 800):
                with self.subTest(name, width=width):
                    self.browser.open(self.page(name), width=width)
                    self.assertLessEqual(self.browser.evaluate('document.documentElement.scrollWidth'), width)
                    names = self.browser.evaluate('''[...document.querySelectorAll("td > bdi, th > bdi")].filter(
                        e => /^[^-]{1,8}$/.test(e.innerText) && e.offsetHeight > 30).map(e => e.innerText)''')
                    self.assertEqual(names, [])

    def test_prints_on_few_pages(self):
        for name in NAMES:
            with self.subTest(name):
                self.browser.open(self.page(name))
                pdf = base64.b64decode(self.browser.call('Page.printToPDF', preferCSSPageSize=True)['data'])
                self.assertIn(len(re.findall(rb'/Type\s*/Page\b', pdf)), range(1, PAGES_MAX + 1))

    def test_paper_is_white_whatever_the_screen(self):
        self.browser.open(self.page('two-cameras'), dark=True)
        self.browser.call('Emulation.setEmulatedMedia', media='print',
                          features=[{'name': 'prefers-color-scheme', 'value': 'dark'}])
        grounds = self.browser.evaluate('''[getComputedStyle(document.body).backgroundColor,
            getComputedStyle(document.querySelector(".map .bg")).fill]''')
        self.browser.call('Emulation.setEmulatedMedia', media='')
        self.assertEqual(grounds, ['rgb(255, 255, 255)'] * 2)

    def test_infeasible_scenario(self):
        with open(os.path.join(EXAMPLES, 'two-cameras.json'), encoding='utf-8') as file:
            tight = json.load(file)
        tight['cnns'][0]['deadline_s'] = '1 us'
        scenario, placement = os.path.join(self.folder, 'tight'), os.path.join(self.folder, 'placement')
        with open(scenario, 'w', encoding='ascii') as file:
            json.dump(tight, file)
        subprocess.run([DCNN, 'place', scenario, '-o', placement], check=False, stdout=subprocess.DEVNULL)
        self.run_dcnn('report', scenario, placement, '-o', self.page('tight'))
        self.browser.open(self.page('tight'))
        self.assertEqual(self.browser.complaints(), [])
        items = self.browser.evaluate('[...document.querySelectorAll("#reasons li")].map(e => e.innerText)')
        self.assertTrue(items[0].startswith('deadline of door: '), items)
        self.assertGreater(len(items), 1)
        self.assertEqual(self.browser.evaluate('document.querySelectorAll("input").length'), 0)

    def test_hostile_names_run_nothing(self):
        name = '</style></title><script>console.error(1)</script><img src=http://nowhere.invalid/x onerror=console.error(2)>'
        units = [{'id': word, 'memory_bytes': 1000000, 'ops_per_s': 1e6, 'x_m': k, 'y_m': 0}
                 for k, word in enumerate([name, '"\' onmouseover=console.error(3) x="', '\u202eevil', 'W' * 10000])]
        layers = [{'name': name + str(k), 'memory_bytes': 1000, 'ops': 1000, 'output_bytes': 10} for k in range(4)]
        scenario, placement = os.path.join(self.folder, 'hostile'), os.path.join(self.folder, 'placement')
        with open(scenario, 'w', encoding='ascii') as file:
            json.dump({'dcnn': 'scenario', 'version': 1, 'name': name, 'units': units, 'limits': {'layers_per_unit': 1},
                       'network': {'range_m': 9, 'rate_bytes_per_s': 1e6},
                       'cnns': [{'id': name, 'input_bytes': 10, 'source': units[0]['id'], 'layers': layers}]}, file)
        self.run_dcnn('place', scenario, '-o', placement)
        self.run_dcnn('report', scenario, placement, '-o', self.page('hostile'))
        self.browser.open(self.page('hostile'), width=600)
        self.browser.point(*self.browser.middle('.map .u.p0'))
        self.assertEqual(self.browser.complaints(), [])
        self.assertEqual(self.browser.requests(), ['file://' + self.page('hostile')])
        self.assertEqual(self.browser.evaluate('document.querySelectorAll("img, script").length'), 1)
        self.assertIn('<script>console.error(1)</script>', self.browser.evaluate('document.querySelector("h1").innerText'))
        self.assertLessEqual(self.browser.evaluate('document.documentElement.scrollWidth'), 600)


if not browser.find():
    print('skipped: no Chromium here')
    sys.exit(77)
unittest.main(argv=['pages.py', *sys.argv[3:]])
