"""Which locked packages are outdated, and which have a known vulnerability."""

import subprocess
import sys

from verify.job import SCRIPTS

NEEDS = "the network: the package index, and the vulnerability service of pip-audit"


def run(arguments: list[str]) -> int:
    """Print both lists; return 1 where a vulnerability is known, 2 where it could not be asked."""
    outdated = subprocess.run([sys.executable, "-m", "pip", "list", "--outdated", "--disable-pip-version-check"],
                              capture_output=True, text=True)  # fmt: skip
    if outdated.returncode:
        print("Outdated: could not tell, the package index does not answer.")
    else:
        print("Outdated:\n" + (outdated.stdout.strip() or "nothing"))
    worst = 0
    for lock in sorted((SCRIPTS / "requirements").glob("*.txt")):
        audit = subprocess.run([sys.executable, "-m", "pip_audit", "--requirement", lock, "--require-hashes", "--disable-pip", "--progress-spinner", "off"],
                               capture_output=True, text=True)  # fmt: skip
        told = (audit.stderr.strip() + "\n" + audit.stdout.strip()).strip()
        if audit.returncode == 0:
            print(f"{lock.name}: no known vulnerability")
        elif audit.returncode == 1 and "Found" in told:
            print(f"{lock.name}: {told}")
            worst = max(worst, 1)
        else:
            print(
                f"{lock.name}: could not tell, the vulnerability service does not answer ({(told.splitlines() or [''])[-1]})"
            )
            worst = 2
    return worst
