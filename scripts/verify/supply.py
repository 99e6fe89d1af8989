"""Which locked packages are outdated, and which have a known vulnerability."""

import json
import subprocess
import sys
from pathlib import Path

from verify.job import SCRIPTS

NEEDS = "the network: the package index, and the vulnerability service of pip-audit"


def run(arguments: list[str]) -> int:
    """Print both lists; return 1 where a vulnerability is known, 2 where it could not be asked."""
    outdated = pip("list", "--outdated", "--disable-pip-version-check")
    if outdated.returncode:
        print("Outdated: could not tell, the package index does not answer.")
    else:
        print("Outdated:\n" + (outdated.stdout.strip() or "nothing"))
    worst = 0
    for lock in sorted((SCRIPTS / "requirements").glob("*.txt")):
        code, words = judge(audit(lock))
        print(f"{lock.name}: {words}")
        worst = max(worst, code)
    return worst


def pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pip in this environment."""
    return subprocess.run([sys.executable, "-m", "pip", *arguments], capture_output=True, text=True)


def audit(lock: Path) -> subprocess.CompletedProcess[str]:
    """Ask for the known vulnerabilities of what a lock holds."""
    options = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    command = [sys.executable, "-m", "pip_audit", "--requirement", lock, *options]
    return subprocess.run(command, capture_output=True, text=True)


def judge(told: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    """What an audit says: 0 and nothing known, 1 and what is known, or 2 where a package was not asked about."""
    try:
        packages = json.loads(told.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (told.stderr.strip().splitlines() or ["no reason given"])[-1]
        return 2, f"could not tell, the vulnerability service does not answer ({last})"
    known = [f"{one['name']} {one['version']}: {bug['id']}" for one in packages for bug in one.get("vulns", [])]
    unasked = [one["name"] for one in packages if "skip_reason" in one]
    if unasked or not packages:
        return 2, f"could not tell for {', '.join(unasked) or 'anything'}" + "".join(f"; {words}" for words in known)
    return (1, "; ".join(known)) if known else (0, "no known vulnerability")
