"""The rules that browsers are given: what a page may load, and what it may do."""

import base64
import hashlib
from collections.abc import Iterable

# What every answer of a web server should carry besides the content policy. One year of
# HTTPS; no address of a page to other sites, only the host; no device a text has use for.
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# Names of assets change with their content, so a copy of one is good for ever.
KEEP_FOR_GOOD = "public, max-age=31536000, immutable"


def fingerprint(text: str) -> str:
    """The hash by which a policy allows one inline script or style."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def content_policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """The Content-Security-Policy that allows the site's own files and the inline texts with these hashes.

    Text becomes markup or a script's address only by way of the one Trusted Types policy, which layout.html makes.
    """
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *sorted(scripts)]),
            " ".join(["style-src 'self'", *sorted(styles)]),
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types pushback",
        ]
    )
