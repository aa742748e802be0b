"""A CUPS of our own: its server, its queues and a printer that does what a test says. Nothing of the system's is touched."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CUPSD = shutil.which("cupsd") or "/usr/sbin/cupsd"
PROGRAMS = Path("/usr/lib/cups")
IS_THERE = Path(CUPSD).exists() and (PROGRAMS / "filter" / "pdftopdf").exists() and bool(shutil.which("lpadmin"))
CUPS_PDF = PROGRAMS / "backend" / "cups-pdf"
PATIENCE_S = 20

BACKEND = """#!/bin/sh
# A printer that waits as long as there is a file of the name of a trouble, then keeps what it was given.
[ $# = 0 ] && exit 0
for trouble in media-empty media-jam cover-open toner-empty; do
    [ -e "{out}/$trouble" ] || continue
    echo "STATE: +$trouble-error" >&2
    while [ -e "{out}/$trouble" ]; do sleep 0.05; done
    echo "STATE: -$trouble-error" >&2
done
while [ -e "{out}/slow" ]; do sleep 0.05; done
cat ${{6:--}} >"{out}/part-$1"
[ -e "{out}/broken" ] && exit 1
mv "{out}/part-$1" "{out}/$1.pdf"
echo "$4 $5" >"{out}/$1.options"
"""

PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "FICTION.PPD"
*Product: "(Fictitious 200)"
*Manufacturer: "Fictitious"
*ModelName: "Fictitious 200"
*ShortNickName: "Fictitious 200"
*NickName: "Fictitious 200"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize A5/A5: "<</PageSize[420 595]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion A5/A5: "<</PageSize[420 595]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*ImageableArea A5/A5: "0 0 420 595"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension A5/A5: "420 595"
*OpenUI *InputSlot/Media Source: PickOne
*OrderDependency: 10 AnySetup *InputSlot
*DefaultInputSlot: Auto
*InputSlot Auto/Automatic: ""
*InputSlot Tray1/Tray 1: ""
*InputSlot Tray2/Tray 2: ""
*CloseUI: *InputSlot
"""

POLICY = """Listen {socket}
LogLevel warn
Browsing No
WebInterface No
DefaultAuthType Basic
ErrorPolicy retry-job
JobRetryInterval 1
JobKillDelay 1
DirtyCleanInterval 0
MultipleOperationTimeout 5
<Location />
  Order allow,deny
</Location>
<Location /admin>
  Order allow,deny
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  SubscriptionPrivateAccess default
  SubscriptionPrivateValues default
  <Limit Create-Job Print-Job Print-URI Validate-Job>
    Order deny,allow
  </Limit>
  <Limit Send-Document Send-URI Hold-Job Release-Job Restart-Job Purge-Jobs Set-Job-Attributes Cancel-Current-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit Cancel-Job CUPS-Authenticate-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
"""As Debian's, but for the administrator's password: the tests set queues up."""


class Cupsd:
    """One server in a folder of its own; ``address`` is what CUPS_SERVER has to say."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root / "out"
        self.address = str(root / "run" / "cups.sock")
        self._process: subprocess.Popen[bytes] | None = None
        for name in ("etc", "spool/tmp", "cache", "run", "log", "ssl", "bin/backend", "out"):
            (root / name).mkdir(parents=True)
        for path in (root, self.out):
            path.chmod(0o777 if path == self.out else 0o755)
        self._write_files()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        files = [self.root / "etc" / name for name in ("cupsd.conf", "cups-files.conf")]
        log = (self.root / "log" / "out").open("ab")
        with log:
            self._process = subprocess.Popen([CUPSD, "-f", "-c", files[0], "-s", files[1]], stdout=log, stderr=log)
        end = time.monotonic() + PATIENCE_S
        while self.run("lpstat", "-r").stdout != b"scheduler is running\n":
            if time.monotonic() > end or self._process.poll() is not None:
                raise RuntimeError((self.root / "log" / "out").read_text())
            time.sleep(0.05)

    def stop(self, *, kill: bool = False) -> None:
        """End the server, or kill it."""
        if self._process is not None:
            (self._process.kill if kill else self._process.terminate)()
            self._process.wait(PATIENCE_S)
            self._process = None

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[bytes]:
        """Run one of CUPS's programs against this server."""
        return subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=False, env=self.environment)

    def must(self, *command: str | Path) -> None:
        """Run one of CUPS's programs; it has to work."""
        done = self.run(*command)
        if done.returncode:
            raise RuntimeError(done.stderr.decode())

    @property
    def runs_as_root(self) -> bool:
        """Tell whether printers that need root work here."""
        return os.getuid() == 0

    @property
    def cups_pdf_ppd(self) -> Path:
        """Return how CUPS describes cups-pdf's printer."""
        return Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")

    @property
    def environment(self) -> dict[str, str]:
        """What tells CUPS's programs of this server."""
        return {**os.environ, "CUPS_SERVER": self.address, "LC_ALL": "C", "CUPS_SERVERROOT": str(self.root / "etc")}

    def queue(self, name: str, device: str = "fiction:/", *options: str) -> None:
        """Make a queue, or make it as new."""
        ppd = self.root / "fiction.ppd"
        wishes = [word for option in options for word in ("-o", option)]
        self.must("lpadmin", "-p", name, "-E", "-v", device, "-P", ppd, "-D", f"{name} of fiction", *wishes)

    def trouble(self, name: str, *, over: bool = False) -> None:
        """Let something be wrong with the printer, or no more."""
        (self.out / name).unlink(missing_ok=True) if over else (self.out / name).touch()

    def printed(self, job: str) -> bytes:
        """Return what came out for a job."""
        return (self.out / f"{job.rpartition(':')[2]}.pdf").read_bytes()

    def options(self, job: str) -> str:
        """Return copies and options with which the printer was called."""
        return (self.out / f"{job.rpartition(':')[2]}.options").read_text()

    def _write_files(self) -> None:
        root = self.root
        (root / "fiction.ppd").write_text(PPD)
        for name in ("filter", "daemon"):
            (root / "bin" / name).symlink_to(PROGRAMS / name)
        backend = root / "bin" / "backend" / "fiction"
        backend.write_text(BACKEND.format(out=self.out))
        backend.chmod(0o755)
        if CUPS_PDF.exists() and self.runs_as_root:
            shutil.copy(CUPS_PDF, root / "bin" / "backend" / "cups-pdf")
            (root / "bin" / "backend" / "cups-pdf").chmod(0o700)
        places = {
            "ServerRoot": "etc",
            "ServerBin": "bin",
            "RequestRoot": "spool",
            "TempDir": "spool/tmp",
            "CacheDir": "cache",
            "StateDir": "run",
            "ErrorLog": "log/error",
            "AccessLog": "log/access",
            "PageLog": "log/page",
            "ServerKeychain": "ssl",
        }
        lines = [f"{name} {root / place}" for name, place in places.items()]
        lines += ["DataDir /usr/share/cups", "FileDevice Yes"]
        (root / "etc" / "cups-files.conf").write_text("\n".join([*lines, ""]))
        (root / "etc" / "cupsd.conf").write_text(POLICY.format(socket=self.address))


@contextmanager
def cups() -> Iterator[Cupsd]:
    """Run a server; its folder is short, because a socket's path is, and open to the user as whom printers run."""
    with tempfile.TemporaryDirectory(prefix="cups-", ignore_cleanup_errors=True) as folder:
        server = Cupsd(Path(folder) / "c")
        Path(folder).chmod(0o755)
        server.start()
        try:
            yield server
        finally:
            server.stop()
