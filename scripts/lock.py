"""Renews the locks in scripts/requirements/ from the names beside them.

Each NAME.in lists what is wanted; NAME.txt holds every version that follows,
with the hashes of all files for all systems. Later groups take the versions of
earlier ones, so that all fit into one environment.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

LOCKS = Path(__file__).resolve().parent / "requirements"
# In the order in which they bind: the site's packages come first.
GROUPS = ("site", "checks", "postprocess", "tests", "links", "verify", "zensical", "lock")
# pymdown-extensions 13.1 asks for 3.11.5; run.py names the same version.
PYTHON = "3.11.5"
HEAD = "# Made by 'python3 scripts/run.py lock' from {name}.in; change that file, not this one.\n"


def main() -> int:
    """Renew the locks; return 1 where one could not be."""
    parser = argparse.ArgumentParser(prog="run.py lock", description=__doc__.splitlines()[0])
    parser.add_argument(
        "groups", nargs="*", metavar="GROUP", help=f"which ones ({', '.join(GROUPS)}); all when left out"
    )
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that the .in files allow")
    choice = parser.parse_args()
    unknown = set(choice.groups) - set(GROUPS)
    if unknown:
        parser.error(f"there is no group {', '.join(sorted(unknown))}; there are: {', '.join(GROUPS)}")
    uv = shutil.which("uv", path=str(Path(sys.executable).parent))
    for group in choice.groups or GROUPS:
        if not renew(uv, group, choice.upgrade):
            return 1
    return 0


def renew(uv: str, group: str, upgrade: bool) -> bool:
    """Write one lock; return whether that went well. A failure leaves the old lock."""
    earlier = [LOCKS / f"{name}.txt" for name in GROUPS[: GROUPS.index(group)]]
    lock, beside = LOCKS / f"{group}.txt", LOCKS / f"{group}.new"
    if lock.exists():
        shutil.copyfile(lock, beside)
    command = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-build", "--no-header",
               "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--python-version", PYTHON,
               "--output-file", beside, LOCKS / f"{group}.in"]  # fmt: skip
    command += [word for path in earlier if path.exists() for word in ("--constraint", path)]
    command += ["--upgrade"] if upgrade else []
    if subprocess.run(command).returncode:
        beside.unlink(missing_ok=True)
        print(f"{lock.name} stays as it was: its versions could not be found out (see above).", file=sys.stderr)
        return False
    lock.write_text(HEAD.format(name=group) + beside.read_text("utf-8"), "utf-8", newline="\n")
    beside.unlink()
    print(f"{lock.name} is renewed.")
    return True


if __name__ == "__main__":
    sys.exit(main())
