"""The engines of readers' browsers: one walk through the site in WebKit, Firefox and Chromium."""

import argparse
import tempfile
from pathlib import Path

from site_server import serving
from verify.engines import PACKAGES, window
from verify.job import build_site
from verify.walk import prepare, walk

NEEDS = "WebKitWebDriver with Xvfb, Firefox, and Chromium; as root on Debian it installs what is missing"


def run(arguments: list[str]) -> int:
    """Walk through the site in each engine; return 1 on a fault, 2 where an engine is not here."""
    parser = argparse.ArgumentParser(prog="run.py verify browsers", description=__doc__)
    parser.add_argument("engines", nargs="*", metavar="ENGINE", help=f"only these of: {', '.join(PACKAGES)}")
    chosen = parser.parse_args(arguments).engines or list(PACKAGES)
    if unknown := set(chosen) - set(PACKAGES):
        parser.error(f"there is no engine {', '.join(sorted(unknown))}")
    faults, untried = [], []
    with tempfile.TemporaryDirectory() as folder:
        site = build_site(Path(folder) / "site")
        addresses = prepare(site)
        with serving(site) as server:
            for name in chosen:
                with window(name) as opened:
                    if opened is None:
                        untried.append(name)
                        words = f"could not tell: it is not here (Debian: apt install {' '.join(PACKAGES[name])})"
                    else:
                        found = [f"{name}: {fault}" for fault in walk(opened, server, addresses)]
                        faults += found
                        words = f"{len(found)} faults" if found else "everything works"
                print(f"{name}: {words}", flush=True)
    print("\n".join(faults))
    return 1 if faults else 2 if untried else 0
