"""Serves the site with nginx as scripts/hosting/nginx.conf says, and looks at what arrives."""

import argparse
import gzip
import http.client
import os
import re
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import brotli

from postprocess.policy import HEADERS, KEEP_FOR_GOOD
from verify.job import SCRIPTS, Unable, build_site, program

NEEDS = "nginx with its brotli module; --install gets both, as root on Debian"
CONFIGURATION = SCRIPTS / "hosting/nginx.conf"
MODULE = "ngx_http_brotli_static_module.so"


def run(arguments: list[str]) -> int:
    """Ask nginx for pages and assets; return 1 where an answer is not as it should be."""
    parser = argparse.ArgumentParser(prog="run.py verify nginx", description=__doc__)
    parser.add_argument("--install", action="store_true", help="install nginx with apt-get first (as root on Debian)")
    choice = parser.parse_args(arguments)
    if choice.install:
        install()
    nginx = program("nginx", "As root on Debian, --install gets it.")
    module = next((path for path in Path("/usr").glob(f"lib/nginx/modules/{MODULE}")), None)
    if module is None:
        raise Unable("The brotli module of nginx is not here (Debian: apt install libnginx-mod-http-brotli-static).")
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        base.chmod(0o755)
        site = build_site(base / "site")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        (base / "nginx.conf").write_text(whole(base, site, port, module), "utf-8")
        server = subprocess.Popen(
            [nginx, "-c", base / "nginx.conf", "-p", base, "-g", "daemon off;"], stderr=subprocess.PIPE, text=True
        )
        try:
            wait_for(port, server)
            faults = look(site, port)
        finally:
            server.terminate()
            server.wait()
    print(
        "\n".join(faults)
        if faults
        else "Pages, compressed files, headers, caching and the page for lost readers are as they should be."
    )
    return 1 if faults else 0


def install() -> None:
    """Get nginx from Debian. Raises Unable where that is not possible."""
    apt = program("apt-get", "--install works on Debian and its kin only.")
    if os.geteuid() != 0:
        raise Unable("--install works as root only: sudo apt install nginx libnginx-mod-http-brotli-static")
    # Without its own start: only the program is wanted, not a server at port 80.
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}, "stdout": subprocess.DEVNULL}
    subprocess.run([apt, "update", "-qq"], check=False, **quiet)
    if subprocess.run(
        [apt, "install", "-y", "-qq", "--no-install-recommends", "nginx", "libnginx-mod-http-brotli-static"],
        check=False,
        **quiet,
    ).returncode:
        raise Unable("apt-get could not install nginx; its words are above.")


def whole(base: Path, site: Path, port: int, module: Path) -> str:
    """A configuration around ours, with this run's port and folder in it."""
    ours = CONFIGURATION.read_text("utf-8")
    ours = re.sub(r"listen 80;", f"listen 127.0.0.1:{port};", ours)
    ours = ours.replace("/var/www/pushback", str(site))
    types = Path("/etc/nginx/mime.types")
    user = "user root;\n" if os.geteuid() == 0 else ""
    temp = "".join(f"{kind}_temp_path {base};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return (f"load_module {module};\n{user}pid {base}/pid;\nerror_log stderr;\nevents {{}}\n"
            f"http {{\naccess_log off;\n{temp}include {types};\n{ours}\n}}\n")  # fmt: skip


def wait_for(port: int, server: subprocess.Popen) -> None:
    """Wait until the server answers. Raises Unable with its words where it ends instead."""
    while True:
        if server.poll() is not None:
            raise Unable(f"nginx does not start: {server.stderr.read().strip()}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)


def look(site: Path, port: int) -> list[str]:
    """What is not as it should be, a line each."""
    faults = []

    def expect(what: str, found: object, wanted: object) -> None:
        if found != wanted:
            faults.append(f"{what}: {found!r} instead of {wanted!r}")

    style = next((site / "assets/css").glob("*.css")).relative_to(site).as_posix()
    for path, file in {
        "/": "index.html",
        "/owners/": "owners/index.html",
        f"/{style}": style,
        "/manifest.webmanifest": "manifest.webmanifest",
    }.items():
        content, written = (site / file).read_bytes(), (site / "_headers.nginx").read_text("utf-8")
        for encoding, unpack in {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}.items():
            status, headers, body = ask(port, path, encoding)
            expect(f"{path} status", status, 200)
            expect(f"{path} encoding", headers.get("content-encoding", ""), encoding)
            expect(f"{path} content with '{encoding}'", unpack(body) == content, True)
        for name, value in HEADERS.items():
            expect(f"{path} {name}", headers.get(name.lower()), value)
        expect(f"{path} policy", f'"{headers.get("content-security-policy")}"' in written, True)
        expect(f"{path} caching", headers.get("cache-control"), KEEP_FOR_GOOD if "assets" in path else "no-cache")
    expect("manifest type", headers.get("content-type", "").split(";")[0], "application/manifest+json")
    expect(
        "folder without a slash",
        ask(port, "/owners")[:1] + (ask(port, "/owners")[1].get("location"),),
        (301, "/owners/"),
    )
    expect("a phrase that is gone", ask(port, "/phrases/gone/")[1].get("location"), "/phrasebook/")
    for path in ("/nowhere", "/owners/nowhere/deep/", "/_headers"):
        status, headers, body = ask(port, path)
        expect(f"{path} status", status, 404)
        expect(f"{path} shows the page for lost readers", body == (site / "404.html").read_bytes(), True)
        expect(f"{path} nosniff", headers.get("x-content-type-options"), "nosniff")
    return faults


def ask(port: int, path: str, encoding: str = "") -> tuple[int, dict[str, str], bytes]:
    """One request: status, headers and body as they came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Accept-Encoding": encoding} if encoding else {})
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
