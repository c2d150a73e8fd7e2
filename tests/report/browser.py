"""A headless Chromium, driven through its debugging pipe."""
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ['chromium', 'chromium-browser', 'google-chrome']


def find():
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One page. `events` holds what the page did since it was opened: (method, parameters)."""

    def __init__(self, program):
        self.profile = tempfile.mkdtemp()
        to_read, self.writes = os.pipe()
        self.reads, to_write = os.pipe()
        words = [program, '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
                 '--disable-background-networking', '--disable-component-update', '--user-data-dir=' + self.profile, '--remote-debugging-pipe', 'about:blank']
        self.process = subprocess.Popen(['sh', '-c', f'exec "$@" 3<&{to_read} 4>&{to_write}', 'sh', *words],
                                        pass_fds=(to_read, to_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.rest, self.count, self.session, self.events = b'', 0, None, []
        targets = self.call('Target.getTargets')['targetInfos']
        page = next(t['targetId'] for t in targets if t['type'] == 'page')
        self.session = self.call('Target.attachToTarget', targetId=page, flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Log', 'Network', 'DOM'):
            self.call(domain + '.enable')

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.reads)
        os.close(self.writes)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _receive(self, seconds):
        deadline = time.monotonic() + seconds
        while b'\0' not in self.rest:
            ready, _, _ = select.select([self.reads], [], [], max(0, deadline - time.monotonic()))
            data = os.read(self.reads, 1 << 20) if ready else b''
            if not data:
                raise TimeoutError('the browser does not answer')
            self.rest += data
        line, self.rest = self.rest.split(b'\0', 1)
        return json.loads(line)

    def call(self, method, **parameters):
        self.count += 1
        message = {'id': self.count, 'method': method, 'params': parameters}
        if self.session:
            message['sessionId'] = self.session
        os.write(self.writes, json.dumps(message).encode() + b'\0')
        while True:
            answer = self._receive(60)
            if answer.get('id') == self.count:
                if 'error' in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer['result']
            if 'method' in answer:
                self.events.append((answer['method'], answer.get('params', {})))

    def open(self, path, width=1280, height=900, dark=False):
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call('Emulation.setEmulatedMedia',
                  features=[{'name': 'prefers-color-scheme', 'value': 'dark' if dark else 'light'},
                            {'name': 'prefers-reduced-motion', 'value': 'reduce'}])
        self.point(0, 0)
        self.events.clear()
        self.call('Page.navigate', url='file://' + path)
        while not any(method == 'Page.loadEventFired' for method, _ in self.events):
            self.evaluate('document.readyState')

    def evaluate(self, script):
        answer = self.call('Runtime.evaluate', expression=script, returnByValue=True, awaitPromise=True)
        if 'exceptionDetails' in answer:
            raise RuntimeError(answer['exceptionDetails'])
        return answer['result'].get('value')

    def complaints(self):
        """Errors of the console, and addresses asked for besides the page's own."""
        found = []
        for method, data in self.events:
            if method == 'Runtime.exceptionThrown':
                found.append(data['exceptionDetails'])
            elif method == 'Runtime.consoleAPICalled' and data['type'] in ('error', 'warning', 'assert'):
                found.append(data['args'])
            elif method == 'Log.entryAdded' and data['entry']['level'] in ('error', 'warning'):
                found.append(data['entry'])
            elif method == 'Network.requestWillBeSent' and not data['request']['url'].startswith('file://'):
                found.append(data['request']['url'])
        return found

    def requests(self):
        return [data['request']['url'] for method, data in self.events if method == 'Network.requestWillBeSent']

    def point(self, x, y):
        self.call('Input.dispatchMouseEvent', type='mouseMoved', x=x, y=y)

    def click(self, x, y):
        for kind in ('mousePressed', 'mouseReleased'):
            self.call('Input.dispatchMouseEvent', type=kind, x=x, y=y, button='left', clickCount=1)

    def press(self, key, code, number, text=''):
        for kind in ('keyDown', 'keyUp'):
            more = {'text': text} if text and kind == 'keyDown' else {}
            self.call('Input.dispatchKeyEvent', type=kind, key=key, code=code, windowsVirtualKeyCode=number, **more)

    def middle(self, selector):
        """The middle of an element, scrolled into view."""
        return self.evaluate(f'''(() => {{
            const e = document.querySelector({json.dumps(selector)});
            e.scrollIntoView({{block: "center", inline: "center"}});
            const r = e.getBoundingClientRect();
            return [r.x + r.width / 2, r.y + r.height / 2]; }})()''')
