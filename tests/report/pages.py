"""pages.py DCNN EXAMPLES - reports of placements and of an experiment in a headless Chromium: what a reader does with them, by
pointer, keyboard and printer."""
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
NAMES = ['two-cameras', 'one-alexnet', 'three-alexnets', 'early-exit', 'mixed']
SECTIONS = ['Map', 'Where the time goes', 'One inference, from input to decision', 'Units, and how full they are',
            'Limits, and what relaxing them would gain', 'The scenario', 'How to reproduce this']
EXPERIMENT = ['What was run', 'Latency against layers per unit', 'Spread from draw to draw', 'Units used, by type',
              'Time to solve', 'How to reproduce this']
PAGES_MAX = 4
HOSTILE = '</style></title><script>console.error(1)</script><img src=http://nowhere.invalid/x onerror=console.error(2)>'


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


class Pages(unittest.TestCase):
    """Pages of one kind, and the questions put to all of them."""
    names, sections, first_words = [], [], []

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.browser = browser.Browser(browser.find())
        for name in cls.names:
            cls.make(name)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        shutil.rmtree(cls.folder)

    @classmethod
    def make(cls, name):
        raise NotImplementedError

    @staticmethod
    def run_dcnn(*words):
        subprocess.run([DCNN, *words], check=True, stdout=subprocess.DEVNULL)

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder, name)

    @classmethod
    def page(cls, name):
        return cls.path(name + '.html')

    @classmethod
    def save(cls, name, content):
        with open(cls.path(name), 'w', encoding='ascii') as file:
            json.dump(content, file)
        return cls.path(name)

    def text(self, name):
        with open(self.page(name), encoding='utf-8') as file:
            return file.read()

    def lit(self):
        return self.browser.evaluate('document.querySelectorAll(".lit").length')

    def opacity(self, selector):
        return float(self.browser.evaluate(f'getComputedStyle(document.querySelector("{selector}")).opacity'))

    def shown(self, selector):
        return self.browser.evaluate(f'getComputedStyle(document.querySelector("{selector}")).display') != 'none'

    def check_silent(self, name):
        self.assertEqual(self.browser.complaints(), [])
        self.assertEqual(self.browser.requests(), ['file://' + self.page(name)])

    def check_contrast(self, name):
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'contrast.js'), encoding='utf-8') as file:
            script = file.read()
        for dark in (False, True):
            with self.subTest(name, dark=dark):
                self.browser.open(self.page(name), dark=dark)
                self.browser.evaluate('document.querySelectorAll("details").forEach(d => d.open = true)')
                answer = self.browser.evaluate(script)
                self.assertGreater(answer['count'], 100)
                self.assertEqual(answer['found'], [])

    def check_structure(self, name):
        outline = Outline(self.text(name))
        levels = [level for level, _ in outline.headings]
        self.assertEqual(levels[0], 1)
        self.assertEqual(levels.count(1), 1)
        self.assertTrue(all(b <= a + 1 for a, b in zip(levels, levels[1:])))
        self.assertEqual([text for level, text in outline.headings if level == 2], self.sections)
        self.assertEqual(outline.captions, outline.tables)
        self.assertEqual(outline.scopeless, 0)
        self.assertEqual(len(outline.ids), len(set(outline.ids)))

    def check_order(self, name):
        self.browser.open(self.page(name))
        tops = self.browser.evaluate('''(() => {
            for (const sheet of document.styleSheets) sheet.disabled = true;
            return [...document.querySelectorAll("h1, h2, h3, dt, caption")].map(e => e.getBoundingClientRect().top); })()''')
        self.assertEqual(tops, sorted(tops))
        text = self.browser.evaluate('document.querySelector("main").innerText')
        places = [text.index(words) for words in [*self.first_words, *self.sections]]
        self.assertEqual(places, sorted(places))

    def check_width(self, name, width):
        """Tables scroll, the page does not; short names stay on one line."""
        self.browser.open(self.page(name), width=width)
        self.assertLessEqual(self.browser.evaluate('document.documentElement.scrollWidth'), width)
        names = self.browser.evaluate('''[...document.querySelectorAll("td > bdi, th > bdi")].filter(
            e => e.innerText.length <= 20 && e.offsetHeight > 30).map(e => e.innerText)''')
        self.assertEqual(names, [])

    def check_names(self, name):
        """What a reader of screens is told of everything that can be pictured, operated or jumped to."""
        self.browser.open(self.page(name))
        self.browser.call('Accessibility.enable')
        nodes = self.browser.call('Accessibility.getFullAXTree')['nodes']
        seen = set()
        for node in nodes:
            role = node.get('role', {}).get('value')
            if node['ignored'] or role not in ('image', 'checkbox', 'region', 'table', 'DisclosureTriangle', 'heading'):
                continue
            seen.add(role)
            self.assertTrue(node['name']['value'].strip(), node)
        self.assertTrue({'region', 'table', 'heading'} <= seen, seen)

    def check_keyboard(self, name):
        """Tab goes through all that can be operated, in the page's order, shows where it is, and gets out again."""
        self.browser.open(self.page(name))
        wanted = self.browser.evaluate('''[...document.querySelectorAll("input, summary, tr[class], pre")].filter(
            e => e.checkVisibility()).length''')
        order, last = [], None
        for _ in range(4 * wanted + 100):
            self.browser.press('Tab', 'Tab', 9)
            last = self.browser.evaluate('''(() => {
                const e = document.activeElement;
                return [e.tagName, [...document.querySelectorAll("*")].indexOf(e),
                        parseFloat(getComputedStyle(e).outlineWidth)]; })()''')
            if last[0] in ('BODY', 'HTML') or (order and last[1] <= order[-1]):
                break
            order.append(last[1])
            self.assertGreaterEqual(last[2], 2, last)
        self.assertIn(last[0], ('BODY', 'HTML'))
        self.assertGreaterEqual(len(order), wanted)

    def check_opens_by_key(self, name):
        self.browser.open(self.page(name))
        self.browser.evaluate('document.querySelector("summary").focus()')
        self.browser.press('Enter', 'Enter', 13, '\r')
        self.assertTrue(self.browser.evaluate('document.querySelector("details").open'))

    def pages_printed(self, name):
        self.browser.open(self.page(name))
        pdf = base64.b64decode(self.browser.call('Page.printToPDF', preferCSSPageSize=True)['data'])
        return len(re.findall(rb'/Type\s*/Page\b', pdf))

    def check_hostile(self, selector):
        self.browser.open(self.page('hostile'), width=600)
        self.browser.point(*self.browser.middle(selector))
        self.check_silent('hostile')
        self.assertEqual(self.browser.evaluate('document.querySelectorAll("img, script").length'), 1)
        self.assertIn('<script>console.error(1)</script>', self.browser.evaluate('document.querySelector("h1").innerText'))
        self.assertLessEqual(self.browser.evaluate('document.documentElement.scrollWidth'), 600)


class Placements(Pages):
    names, sections, first_words = NAMES, SECTIONS, ['CNN', 'optimal']

    @classmethod
    def make(cls, name):
        cls.make_of(os.path.join(EXAMPLES, name + '.json'), name)

    @classmethod
    def make_of(cls, scenario, name):
        cls.run_dcnn('place', scenario, '-o', cls.path('placement'))
        cls.run_dcnn('report', scenario, cls.path('placement'), '-o', cls.page(name))

    def test_every_page(self):
        for name in NAMES:
            with self.subTest(name):
                self.browser.open(self.page(name))
                self.check_silent(name)
                self.check_structure(name)
                self.check_order(name)
                self.check_names(name)
                self.assertIn(self.pages_printed(name), range(1, PAGES_MAX + 1))
                for width in (320, 420, 800):
                    self.check_width(name, width)

    def test_contrast_passes_wcag_aa_in_both_themes(self):
        for name in NAMES:
            self.check_contrast(name)

    def test_contrast_of_all_colours_of_cnns(self):
        self.run_dcnn('generate', '--units', '80', '--cnns', '8', '--model', 'cnn5', '-o', self.path('eight'))
        self.make_of(self.path('eight'), 'eight')
        self.check_contrast('eight')

    def test_keyboard(self):
        self.check_keyboard('three-alexnets')
        self.check_opens_by_key('three-alexnets')

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

    def test_legend_has_the_scale_of_the_map(self):
        for width in (1280, 700):
            self.browser.open(self.page('three-alexnets'), width=width)
            scales = self.browser.evaluate('''[...document.querySelectorAll(".sheet svg")].map(
                e => e.getBoundingClientRect().width / e.viewBox.baseVal.width)''')
            self.assertGreater(len(scales), 3)
            self.assertLess(max(scales) / min(scales), 1.01)

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
        scenario = self.save('tight', tight)
        subprocess.run([DCNN, 'place', scenario, '-o', self.path('placement')], check=False, stdout=subprocess.DEVNULL)
        self.run_dcnn('report', scenario, self.path('placement'), '-o', self.page('tight'))
        self.browser.open(self.page('tight'))
        self.assertEqual(self.browser.complaints(), [])
        items = self.browser.evaluate('[...document.querySelectorAll("#reasons li")].map(e => e.innerText)')
        self.assertTrue(items[0].startswith('deadline of door: '), items)
        self.assertGreater(len(items), 1)
        self.assertEqual(self.browser.evaluate('document.querySelectorAll("input").length'), 0)

    def test_hostile_names_run_nothing(self):
        units = [{'id': word, 'memory_bytes': 1000000, 'ops_per_s': 1e6, 'x_m': k, 'y_m': 0}
                 for k, word in enumerate([HOSTILE, '"\' onmouseover=console.error(3) x="', '\u202eevil', 'W' * 10000])]
        layers = [{'name': HOSTILE + str(k), 'memory_bytes': 1000, 'ops': 1000, 'output_bytes': 10} for k in range(4)]
        scenario = self.save('hostile', {
            'dcnn': 'scenario', 'version': 1, 'name': HOSTILE, 'units': units, 'limits': {'layers_per_unit': 1},
            'network': {'range_m': 9, 'rate_bytes_per_s': 1e6},
            'cnns': [{'id': HOSTILE, 'input_bytes': 10, 'source': units[0]['id'], 'layers': layers}]})
        self.make_of(scenario, 'hostile')
        self.check_hostile('.map .u.p0')


class Experiments(Pages):
    names, sections, first_words = ['experiment'], EXPERIMENT, ['A plan', 'Solves', 'Proven']

    @classmethod
    def make(cls, name):
        cls.make_of(name, 'A plan', ['one', 'two', 'three'])

    @classmethod
    def make_of(cls, name, title, settings):
        mix = [{'type': 'stm32h7', 'share': 1}, {'type': 'raspberry-pi-3b+', 'share': 1}]
        systems = [{'name': 'small', 'units': 20, 'area_m': '16 m', 'draws': 6, 'mix': mix},
                   {'name': 'large', 'units': 30, 'draws': 2}]
        plan = cls.save(name + '.json', {
            'dcnn': 'experiment', 'version': 1, 'name': title, 'node_limit': 5, 'systems': systems, 'settings': [
                {'name': settings[0], 'models': ['cnn5'], 'layers_per_unit_first': 0, 'layers_per_unit_last': 4},
                {'name': settings[1], 'models': ['cnn5-ee', 'alexnet'], 'cnns': 2, 'objective': 'max'},
                {'name': settings[2], 'models': ['alexnet'], 'layers_per_unit_first': 2}]})
        cls.run_dcnn('experiment', plan, '-o', cls.path(name))
        cls.run_dcnn('report', cls.path(name), '-o', cls.page(name))

    def test_page(self):
        self.browser.open(self.page('experiment'))
        self.check_silent('experiment')
        self.check_structure('experiment')
        self.check_order('experiment')
        self.check_names('experiment')
        self.assertIn(self.pages_printed('experiment'), range(1, PAGES_MAX + 1))
        for width in (320, 420, 800, 1280):
            self.check_width('experiment', width)

    def test_contrast_passes_wcag_aa_in_both_themes(self):
        self.check_contrast('experiment')

    def test_keyboard(self):
        self.check_keyboard('experiment')
        self.check_opens_by_key('experiment')

    def test_resting_on_a_row_lights_up_its_marks(self):
        self.browser.open(self.page('experiment'))
        self.browser.point(*self.browser.middle('tr.g2 td'))
        self.assertEqual(self.browser.evaluate('[...document.querySelectorAll(".lit")].every(e => e.matches(".g2"))'), True)
        self.assertEqual(self.lit(), 5)  # its row, and a mark in each of four charts
        self.assertEqual(self.opacity('.chart .g2'), 1)
        self.assertLess(self.opacity('.chart .g1'), 0.5)

    def test_texts_of_charts_stay_inside_and_apart(self):
        self.browser.open(self.page('experiment'))
        found = self.browser.evaluate('''(() => {
            const found = [];
            for (const chart of document.querySelectorAll(".chart")) {
                const frame = chart.getBoundingClientRect();
                const boxes = [...chart.querySelectorAll("text")].map(e => [e.textContent, e.getBoundingClientRect()]);
                for (const [text, box] of boxes)
                    if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push(text + " leaves its chart");
                boxes.forEach(([a, p], k) => boxes.slice(0, k).forEach(([b, q]) => {
                    if (p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 5 && q.top < p.bottom - 5)
                        found.push(a + " covers " + b); }));
            }
            return found; })()''')
        self.assertEqual(found, [])

    def test_hostile_names_run_nothing(self):
        self.make_of('hostile', HOSTILE, [HOSTILE.replace('"', ''), '\u202eevil', 'W' * 200])
        self.check_hostile('.chart .g0')


if not browser.find():
    print('skipped: no Chromium here')
    sys.exit(77)
unittest.main(argv=['pages.py', *sys.argv[3:]])
