"""A real browser without a window: Chromium, driven over a pipe by its debugging protocol."""

import base64
import itertools
import json
import os
import shutil
import subprocess

PATIENCE_MS = 20_000


class Browser:
    """One page of one browser; use it as a context manager."""

    def __init__(self, folder):
        self._numbers = itertools.count(1)
        to_it, self._writing = os.pipe()
        self._reading, from_it = os.pipe()
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"]
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec chromium "$@" 3<&{to_it} 4>&{from_it}', "-", *arguments, f"--user-data-dir={folder}"],
            pass_fds=(to_it, from_it),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_it)
        os.close(from_it)
        self._rest = b""
        self._session = ""
        self.errors, self.requests = [], []

    def __enter__(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        os.close(self._writing)
        os.close(self._reading)

    def call(self, method, **params):
        """Return the browser's answer to one call."""
        number = next(self._numbers)
        said = {"id": number, "method": method, "params": params}
        if self._session:
            said["sessionId"] = self._session
        os.write(self._writing, json.dumps(said).encode() + b"\0")
        while (told := self._message()).get("id") != number:
            self._note(told)
        assert "error" not in told, told["error"]
        return told["result"]

    def open(self, address):
        """Open an address afresh, and wait until the page is loaded."""
        self.call("Page.navigate", url="about:blank")
        self.errors, self.requests = [], []
        self.call("Page.navigate", url=address)
        self.wait_for("document.readyState === 'complete' && location.protocol !== 'about:'")

    def run(self, script):
        """Return what a script in the page comes to, promises waited for."""
        told = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def wait_for(self, condition):
        """Wait until a script's condition holds."""
        waiting = f"""new Promise((done, lost) => {{
            const begun = Date.now();
            const look = () => ({condition}) ? done() : Date.now() - begun > {PATIENCE_MS} ? lost(new Error('too late')) : setTimeout(look, 10);
            look();
        }})"""
        self.run(waiting)

    def picture(self):
        """Return what the page looks like (PNG)."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def resize(self, width, height, *, scale=1, mobile=False, dark=False):
        """Show the page as on a screen of that size."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=mobile
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def _message(self):
        while b"\0" not in self._rest:
            part = os.read(self._reading, 1 << 16)
            assert part, "the browser ended"
            self._rest += part
        message, _nul, self._rest = self._rest.partition(b"\0")
        return json.loads(message)

    def _note(self, told):
        if told.get("method") == "Log.entryAdded" and told["params"]["entry"]["level"] == "error":
            self.errors.append(told["params"]["entry"])
        if told.get("method") == "Runtime.exceptionThrown":
            self.errors.append(told["params"]["exceptionDetails"])
        if told.get("method") == "Network.requestWillBeSent":
            self.requests.append(told["params"]["request"]["url"])


def has_browser():
    """Tell whether there is one here."""
    return shutil.which("chromium") is not None
