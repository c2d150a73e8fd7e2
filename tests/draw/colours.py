"""colours.py DCNN - the lines of CNNs differ to every eye, on the map and on the dark page: distances as the three kinds of
colour blindness see them."""
import itertools
import os
import re
import subprocess
import sys
import tempfile
import unittest

DCNN = sys.argv[1]
CNNS = 8

# Machado, Oliveira, Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009, severity 1.
EYES = {
    'normal': ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    'protan': ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    'deutan': ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    'tritan': ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour):
    parts = [int(colour[k:k + 2], 16) / 255 for k in (1, 3, 5)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]


def lab(rgb):
    """CIE 1976 L*a*b* of a linear colour, D65."""
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1, 1.089)
    f = [sum(m * v for m, v in zip(row, rgb)) / w for row, w in zip(matrix, white)]
    x, y, z = [t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in f]
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour, eye):
    rgb = linear(colour)
    return lab([min(max(sum(m * v for m, v in zip(row, rgb)), 0), 1) for row in EYES[eye]])


def distance(a, b):
    return min(sum((p - q) ** 2 for p, q in zip(seen(a, eye), seen(b, eye))) ** 0.5 for eye in EYES)


class Colours(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.run_dcnn('generate', '--units', '80', '--cnns', str(CNNS), '--model', 'cnn5', '-o', cls.path('scenario'))
        cls.run_dcnn('place', cls.path('scenario'), '--time-limit', '10', '--gap', '0.5', '-o', cls.path('placement'))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    @staticmethod
    def run_dcnn(*words):
        return subprocess.run([DCNN, *words], check=True, stdout=subprocess.PIPE).stdout.decode()

    def check(self, colours, least):
        self.assertEqual(len(colours), CNNS)
        for a, b in itertools.combinations(colours, 2):
            self.assertGreater(distance(a, b), least, (a, b))

    def test_lines_on_the_map(self):
        drawn = self.run_dcnn('draw', self.path('scenario'), self.path('placement'), '-o', '-')
        self.check(re.findall(r'\.m\d \.l\{stroke:(#\w{6})\}', drawn), 16.9)

    def test_lines_on_a_dark_page(self):
        page = self.run_dcnn('report', self.path('scenario'), self.path('placement'), '--relax-limit', '0', '-o', '-')
        dark = page[page.index('prefers-color-scheme: dark'):]
        self.check(re.findall(r'--cnn\d: (#\w{6})', dark)[:CNNS], 14.9)


unittest.main(argv=['colours.py', *sys.argv[2:]])
