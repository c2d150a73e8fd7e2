"""What a reader of a map sees, measured without the code that drew it: texts with their boxes, units, routes."""
import re
import xml.etree.ElementTree as ElementTree

SVG = '{http://www.w3.org/2000/svg}'

# Advance widths of Helvetica, which Arial and Liberation Sans share, in thousandths of the size, for ' ' to '~'.
WIDTHS = ([278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278] + [556] * 10 +
          [278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
           667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556,
           278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
           260, 334, 584])
ASCENT, DESCENT = 0.72, 0.21  # of capitals and of "g"


def width_of(text, size):
    return sum(WIDTHS[ord(c) - 32] if ' ' <= c <= '~' else 556 for c in text) * size / 1000


class Box:
    def __init__(self, left, top, right, bottom, what):
        self.left, self.top, self.right, self.bottom, self.what = left, top, right, bottom, what

    def overlaps(self, other):
        return (self.left < other.right and other.left < self.right and self.top < other.bottom and
                other.top < self.bottom)

    def inside(self, other):
        return (self.left >= other.left and self.right <= other.right and self.top >= other.top and
                self.bottom <= other.bottom)

    def __repr__(self):
        return f'{self.what!r} at {self.left:.0f},{self.top:.0f}..{self.right:.0f},{self.bottom:.0f}'


def rectangle(element, what):
    x, y = float(element.get('x', 0)), float(element.get('y', 0))
    return Box(x, y, x + float(element.get('width')), y + float(element.get('height')), what)


def text_box(element, size):
    classes = element.get('class', '').split()
    text = element.text or ''
    wide = width_of(text, size) * (1.06 if set(classes) & set('nqzf') else 1)
    if 'f' in classes:
        wide += 0.06 * size * len(text)  # letter-spacing
    x, y = float(element.get('x')), float(element.get('y'))
    left = x - wide if 'rt' in classes else x - wide / 2 if 'q' in classes else x
    return Box(left, y - ASCENT * size, left + wide, y + DESCENT * size, text)


class Map:
    def __init__(self, data):
        self.root = ElementTree.fromstring(data)
        self.style = self.root.find(SVG + 'style').text
        self.card_size = float(re.search(r'\.k text\{font-size:([0-9.]+)px', self.style)[1])
        self.texts = []  # boxes
        self.cards, self.gauges, self.frame = [], [], None
        self.marks = {}  # place -> element with its symbol
        self.scale_px = None  # length of the scale bar
        self.messages = []  # (CNN, places passed, decision)
        self._read(self.root, self.root.get('class', ''))

    def _read(self, element, around):
        classes = element.get('class', '').split()
        if element.tag == SVG + 'text':
            named = {'z': 19, 'j': 12.5, 'f': 10.5, 'y': 10.5}
            size = self.card_size if around == 'k' else next((named[c] for c in classes if c in named), 12)
            self.texts.append(text_box(element, size))
        elif element.tag == SVG + 'rect':
            self._read_rectangle(element, classes)
        elif element.tag == SVG + 'path' and 'sc' in classes:
            self.scale_px = float(re.search(r'h([0-9.]+)', element.get('d'))[1])
        elif element.tag == SVG + 'g' and classes:
            around = classes[0]
            places = [int(c[1:]) for c in classes if re.fullmatch(r'p\d+', c)]
            if around in 'us' and places:
                self.marks[places[0]] = element
            if around == 'm':
                decision = any('d' in path.get('class', '').split() for path in element)
                self.messages.append((int(classes[1][1:]), places, decision))
        for child in element:
            self._read(child, around)

    def _read_rectangle(self, element, classes):
        if 'fr' in classes:
            self.frame = rectangle(element, 'frame')
        elif 'b' in classes:
            self.cards.append(rectangle(element, 'card'))
        elif 'g0' in classes:
            self.gauges.append(rectangle(element, 'gauge'))

    def centre(self, place):
        """Of a unit's symbol: the middle of the box around its corners, or of a disc's two halves."""
        points, at = [], (0.0, 0.0)
        for command, words in re.findall(r'([MLa])([^MLa]*)', self.marks[place][-1].get('d')):
            x, y = [float(n) for n in re.findall(r'-?[0-9.]+', words)][-2:]
            at = (at[0] + x, at[1] + y) if command == 'a' else (x, y)
            points.append(at)
        xs, ys = zip(*points)
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    def words(self):
        return [box.what for box in self.texts]

    def collisions(self):
        """Pairs of texts, of a text and a gauge, or of labels that cover each other."""
        found = []
        for boxes, others in ((self.texts, self.texts), (self.texts, self.gauges), (self.cards, self.cards)):
            found += [(a, b) for k, a in enumerate(boxes) for b in (boxes[:k] if boxes is others else others)
                      if a.overlaps(b)]
        return found

    def numbers(self):
        """Every number of the drawing's attributes, as it is written."""
        return [word for element in self.root.iter() for name, value in element.attrib.items()
                if name in ('x', 'y', 'width', 'height', 'd', 'cx', 'cy', 'r', 'viewBox', 'stroke-width')
                for word in re.findall(r'[^\sMLHVQAZmlhvqaz,]+', value)]
