"""`scripts/run.py`: starts on any system from nothing, and says in a sentence what keeps it from starting."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import file_lock
import run

GROUPS = sorted(path.stem for path in run.LOCKS.glob("*.in"))


def launch(*arguments: str) -> subprocess.CompletedProcess:
    """Start the launcher in a process of its own."""
    return subprocess.run([sys.executable, run.__file__, *arguments], capture_output=True, text=True, encoding="utf-8")


def test_the_help_names_every_command() -> None:
    """Whoever types the launcher alone should learn what to type next."""
    told = launch("--help")
    assert told.returncode == 0
    for name in ("serve", "test", "build", "check", "verify", "links", "lock"):
        assert re.search(rf"^  {name} ", told.stdout, re.M), name
    assert launch().returncode == 2


def test_a_mistyped_command_gets_the_list() -> None:
    """A slip of the finger should cost one look, not a search in the guide."""
    told = launch("biuld")
    assert told.returncode == 2
    assert told.stderr.startswith("There is no command 'biuld'. There are: serve, test, build")


def test_arguments_and_exit_codes_pass_through() -> None:
    """Other programs rely on both."""
    told = launch("build", "--site-url", "nowhere")
    assert told.returncode == 1
    assert told.stderr.startswith("'nowhere' is no address for a site.")


def test_an_old_python_is_told_so_before_anything_else() -> None:
    """Otherwise people on last year's system see a syntax error and give up."""
    pretend = (
        f"import sys; sys.version_info = (3, 9, 2, 'final', 0); exec(open({run.__file__!r}, encoding='utf-8').read())"
    )
    told = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True)
    assert told.returncode == 1
    assert told.stderr.startswith("This needs Python 3.11.5 or newer, and this is Python 3.9.2.")
    assert "Traceback" not in told.stderr


def test_the_first_lines_are_readable_to_old_pythons() -> None:
    """The sentence about the version helps only where Python gets as far as that line."""
    import ast

    source = Path(run.__file__).read_text("utf-8")
    before = source[: source.index("import hashlib")]
    ast.parse(before, feature_version=(3, 4))
    assert 'f"' not in before


def test_a_python_without_ensurepip_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian and Ubuntu ship such a Python."""
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else real(name))
    with pytest.raises(run.SetupProblem, match="apt install python3-venv"):
        run.make_environment(tmp_path / "environment")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A full or protected disk must not look like a fault of the project."""
    (tmp_path / "file").write_text("")
    with pytest.raises(run.SetupProblem, match="could not be made: .*Is the folder writable"):
        run.make_environment(tmp_path / "file" / "environment")


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lock that asks for one small package, of which the wrong file lies ready, and no way to any index."""
    with zipfile.ZipFile(tmp_path / "smallest-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("smallest.py", "")
        wheel.writestr("smallest-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: smallest\nVersion: 1.0\n")
        wheel.writestr("smallest-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("smallest-1.0.dist-info/RECORD", "")
    path = tmp_path / "small.txt"
    path.write_text(f"smallest==1.0 --hash=sha256:{'0' * 64}\n")
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_RETRIES", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    return path


def test_without_a_network_the_set_up_says_so(lock: Path) -> None:
    """Thirty lines of pip's retries tell nobody to plug the cable in."""
    with pytest.raises(run.SetupProblem, match="The package index could not be reached"):
        run.install("small", Path(sys.executable), lock)


def test_a_file_with_another_hash_is_not_installed(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This is how a tampered package would look."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(lock.parent))
    with pytest.raises(run.SetupProblem) as told:
        run.install("small", Path(sys.executable), lock)
    assert str(told.value).startswith("Nothing was installed: smallest==1.0 is not the file that small.txt asks for")
    assert importlib.util.find_spec("smallest") is None


def test_a_set_up_that_was_stopped_half_way_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while pip works must not leave an environment that fails for ever after."""
    environment = tmp_path / "environment"
    python = run.python_of(environment)
    python.parent.mkdir(parents=True)
    python.write_text("half a Python")
    assert not run.usable(environment)
    assert run.missing(environment, {"site": "1"}) == ["site"]


def test_only_what_changed_is_installed_again(tmp_path: Path) -> None:
    """A start that asks the network each time would be slow, and dead on a train."""
    environment = tmp_path / "environment"
    python = run.python_of(environment)
    python.parent.mkdir(parents=True)
    python.write_text("")
    run.note_installed(environment, {"python": list(sys.version_info[:2]), "site": "old", "checks": "same"})
    assert run.missing(environment, {"site": "new", "checks": "same"}) == ["site"]
    run.note_installed(environment, {"site": "new"})
    assert run.missing(environment, {"site": "new", "checks": "same"}) == []
    run.note_installed(environment, {"python": [3, 5]})
    assert run.missing(environment, {"site": "new", "checks": "same"}) == ["site", "checks"]


def test_a_missing_lock_is_named(tmp_path: Path) -> None:
    """A half-copied project should be recognised as one."""
    with pytest.raises(run.SetupProblem, match="nowhere.txt cannot be read .* get it back from the repository"):
        run.fingerprint(tmp_path / "nowhere.txt")


def test_a_lock_between_processes_ends_with_its_holder(tmp_path: Path) -> None:
    """A lock that outlives a crash would have to be found and deleted by hand."""
    path = tmp_path / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-c",
         f"import sys, time; sys.path.insert(0, {str(run.SCRIPTS)!r})\n"
         f"from pathlib import Path; from file_lock import file_lock\n"
         f"with file_lock(Path({str(path)!r})): print('held', flush=True); time.sleep(60)"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout.readline() == "held\n"
    with (
        pytest.raises(file_lock.Busy, match="Somebody else"),
        file_lock.file_lock(path, busy="Somebody else is at it."),
    ):
        pass
    holder.kill()
    holder.wait()
    with file_lock.file_lock(path, busy="Somebody else is at it."):
        pass


def requirements(lock: Path) -> dict[str, list[str]]:
    """What a lock asks for, with the hashes it allows."""
    text = lock.read_text("utf-8").replace("\\\n", " ")
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {row.split(" --hash")[0].strip(): re.findall(r"--hash=(\S+)", row) for row in rows}


@pytest.mark.parametrize("group", GROUPS)
def test_a_lock_holds_exact_versions_with_hashes_and_nothing_else(group: str) -> None:
    """An address of one machine's index, or a version that may float, would make every set-up a gamble."""
    lock = run.LOCKS / f"{group}.txt"
    assert "://" not in lock.read_text("utf-8") and "/" not in "".join(requirements(lock))
    asked = requirements(lock)
    assert asked
    for words, hashes in asked.items():
        requirement = Requirement(words)
        assert re.fullmatch(r"==[^*]+", str(requirement.specifier)), words
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", text) for text in hashes), words


@pytest.mark.parametrize("group", GROUPS)
def test_a_lock_holds_what_its_list_asks_for(group: str) -> None:
    """A name added to the list but not to the lock would be missing on every other machine."""
    lines = (run.LOCKS / f"{group}.in").read_text("utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line and not line.startswith("#")]
    locked = {Requirement(words).name.lower(): Requirement(words) for words in requirements(run.LOCKS / f"{group}.txt")}
    for requirement in wanted:
        version = str(locked[requirement.name.lower()].specifier).removeprefix("==")
        assert requirement.specifier.contains(version), requirement


def test_no_two_locks_disagree() -> None:
    """They are installed into one environment: the last would win, and break the first."""
    versions: dict[str, set[str]] = {}
    for group in GROUPS:
        for words in requirements(run.LOCKS / f"{group}.txt"):
            requirement = Requirement(words)
            versions.setdefault(requirement.name.lower(), set()).add(str(requirement.specifier))
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_what_is_installed_is_what_is_locked() -> None:
    """Tests that pass with other versions prove nothing about the site that is uploaded."""
    differing = {}
    for group in run.TASKS["test"].groups:
        for words in requirements(run.LOCKS / f"{group}.txt"):
            requirement = Requirement(words)
            if requirement.marker is None or requirement.marker.evaluate():
                version = importlib.metadata.version(requirement.name)
                if not requirement.specifier.contains(version, prereleases=True):
                    differing[words] = version
    assert differing == {}


def test_the_customers_versions_are_the_ones_that_were_asked_for() -> None:
    """MkDocs with Material is what the customer chose, in these versions."""
    asked = requirements(run.LOCKS / "site.txt")
    for words in ("mkdocs==1.6.1", "mkdocs-material==9.8.2", "pymdown-extensions==13.1"):
        assert words in asked


def test_the_continuous_check_runs_the_documented_command_and_fails_without_tests(root: Path) -> None:
    """A check that turns green because nothing ran is worse than none."""
    assert "exec python3 scripts/run.py test" in (root / ".ci/run").read_text("utf-8")
    empty = subprocess.run(
        [sys.executable, root / "scripts/testing.py", "-n", "0", "-k", "nothing_is_called_so", "tests/test_launcher.py"],
        capture_output=True, text=True, encoding="utf-8", cwd=root,
    )  # fmt: skip
    assert empty.returncode == 5
    assert re.search(r"=+ \d+ deselected in .*=+", empty.stdout.splitlines()[-1])


def test_the_launcher_needs_no_package() -> None:
    """It runs before anything is installed."""
    told = subprocess.run([sys.executable, "-S", run.__file__, "--help"], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr


def test_a_browser_is_found_or_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine without one, people must learn what to install."""
    import browsers

    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(browsers, "FIXED_PLACES", ())
    assert browsers.system_browser() is None
    assert "sudo apt install chromium" in browsers.WHAT_TO_INSTALL


def test_a_folder_that_cannot_be_written_gets_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who has the project on a read-only disk must not read a traceback."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / ".venv.lock"))

    monkeypatch.setattr(run, "file_lock", refuse)
    with pytest.raises(run.SetupProblem, match=r"\.venv\.lock: Permission denied"):
        run.set_up(("site",), tmp_path / ".venv")


@pytest.mark.parametrize("note", ["[]", "{", "3"])
def test_a_note_that_is_no_note_means_a_new_set_up(tmp_path: Path, note: str) -> None:
    """Whatever stands in the file, the environment is made anew instead of a traceback."""
    (tmp_path / run.INSTALLED).write_text(note)
    assert not run.usable(tmp_path)
