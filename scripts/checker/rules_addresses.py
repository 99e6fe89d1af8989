"""Rules on an address itself, wherever it stands: called once for each that differs."""

from __future__ import annotations

import difflib
import ipaddress
import re

from .address import host_name, parted
from .addresses import HINT, ID, LINK, LOAD, NAME, Reference, decoded
from .files import short
from .rule import rule
from .site import Site

# The registered schemes that people write, and those of programs they have.
_SCHEMES = frozenset(
    "http https mailto tel sms data javascript blob about ftp ftps sftp file geo magnet urn callto skype whatsapp tg slack zoommtg "
    "msteams facetime facetime-audio market itms itms-apps intent bitcoin ethereum irc ircs xmpp sip sips webcal vscode vscode-insiders "
    "git ssh svn news nntp cid mid view-source chrome steam spotify android-app ios-app feed doi ldap ldaps matrix obsidian jetbrains "
    "signal sgnl fb-messenger maps comgooglemaps waze ws wss rtsp rtmp info tag acct dns im pres nfs smb afp telnet gopher gemini ipfs "
    "ipns dat did x-apple-helpbasic ms-word ms-excel ms-powerpoint ms-settings onenote evernote things notion figma discord bluesky "
    "at nostr web3 content res moz-extension chrome-extension resource app cap opaquelocktoken oid ark hdl isbn".split()
)
_COMMON = ("https", "http", "mailto", "tel", "sms", "javascript", "data", "ftp")
_PLACES = {LINK, LOAD, NAME}


@rule("link-empty", on="address")
def empty(reference: Reference, site: Site) -> str | None:
    """No address is empty: no [text]() and no <img src="">."""
    if reference.how in _PLACES and not reference.value.strip() and reference.attribute not in ("action", "formaction", "cite", "content"):
        return f"{_what(reference)} has an empty address; say where it leads, or take it out"
    return None


@rule("link-scheme", on="address")
def scheme(reference: Reference, site: Site) -> str | None:
    """The beginning of an address is spelt right: https://, mailto:, tel:."""
    value = reference.value.strip()
    if reference.how == ID or not value:
        return None
    address = parted(value)
    if found := re.match(r"(https?)(?:(//)|[;,.](?=/?/)|:?/(?!/)|:(?![/\\]))", value, re.I):
        if not re.match(r"https?:[/\\]{2}", value, re.I) and (found[2] or not address.host):
            return f"“{short(value)}” is misspelt; write {found[1].lower()}://"
    if found := re.match(r"https?:/{2}(https?)(?::|//|%3a)", value, re.I):
        return f"“{short(value)}” has the beginning of an address twice"
    if re.match(r"(?:https?:)?[/\\]{3,}", value, re.I):
        return f"“{short(value)}” has a slash too many"
    if re.match(r"(?:htt?ps?|https?s|hhtps?|ttps?|h?ttps?)//", value, re.I):
        return f"“{short(value)}” is misspelt; write https://"
    if address.scheme and address.scheme not in _SCHEMES and not address.scheme.startswith(("web+", "ext+")) and len(address.scheme) > 1:
        close = difflib.get_close_matches(address.scheme, _COMMON, 1, 0.7)
        if close:
            return f"“{address.scheme}:” is misspelt; did you mean {close[0]}:?"
        if site.find(decoded(value.strip("./"))) or "." in address.scheme and re.search(r"\.(?:md|html?|png|jpe?g|svg|pdf)$", value):
            return f"a browser takes “{address.scheme}:” for the kind of address; write ./{short(value)}"
    if re.match(r"www\.[\w-]+\.\w", value, re.I):
        return f"“{short(value)}” has no https:// before it, so it is taken for a file"
    if "@" in value and re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", value):
        return f"“{short(value)}” has no mailto: before it, so it is taken for a file"
    return None


@rule("link-address", on="address")
def address_makes_sense(reference: Reference, site: Site) -> str | None:
    """An address of another site has a host that could exist, and a port that is a number."""
    address = parted(reference.value)
    if address.host is None or reference.how == ID or (address.scheme or "http") not in ("http", "https"):
        return None
    name = host_name(address.host)
    port = re.search(r":([^:\]]*)$", address.host.rpartition("@")[2])
    if port and not (port[1].isdigit() and int(port[1]) < 65536) and port[1]:
        return f"“{short(reference.value)}” has a port that is no number"
    if name.startswith("[") or name in ("http", "https") or _development(name):
        return None
    plain = decoded(name)
    if not plain or re.search(r"[\s<>^`{|}\"\\%\[\]]", plain) or ".." in plain or plain.startswith((".", "-")):
        return f"“{short(reference.value)}” names a host that cannot exist"
    if "." not in plain and not re.fullmatch(r"\d+", plain):
        return f"“{short(reference.value)}” leads to a host called “{plain}”; a single slash leads to a page of this site"
    return None


@rule("link-mailto", on="address")
def mailto(reference: Reference, site: Site) -> str | None:
    """A mailto: has an address with a name, an @ and a domain, or at least a subject to send."""
    if not re.match(r"\s*mailto:", reference.value, re.I) or reference.how == ID:
        return None
    to, _, query = reference.value.strip()[7:].partition("?")
    named = [decoded(part).strip() for part in to.split(",") if part.strip()]
    named += [decoded(part[3:]) for part in query.split("&") if part.lower().startswith("to=")]
    if not named and not re.search(r"(?:^|&)(?:subject|body|cc|bcc)=.", query, re.I):
        return "mailto: without an address"
    for one in named:
        one = re.sub(r"^[^<>]*<(.*)>$", r"\1", one)
        if not re.fullmatch(r"(?:[^@\s,;:<>()\"/\\]+|\"[^\"]+\")@[^@\s,;:<>()_/\\]+\.[^@\s,;:<>()_./\\\d][^@\s,;:<>()_./\\]*", one) or ".." in one:
            return f"“{short(one)}” is no e-mail address"
    return None


@rule("link-tel", on="address")
def telephone(reference: Reference, site: Site) -> str | None:
    """A tel: or sms: has a number: digits, with +, spaces, dots, brackets and hyphens between them."""
    found = re.match(r"\s*(tel|sms):([^;?]*)", reference.value, re.I)
    if not found or reference.how == ID:
        return None
    number = decoded(found[2]).strip()
    if found[1].lower() == "sms" and not number and "?" in reference.value:
        return None
    digits = re.sub(r"\D", "", number)
    if not re.fullmatch(r"\+?[\d\s().*#/,-]+", number) or not 2 <= len(digits) <= 20:
        return f"“{short(found[0].strip())}” is no telephone number"
    return None


@rule("link-development", on="address")
def development(reference: Reference, site: Site) -> str | None:
    """No address of a development server: localhost, 127.0.0.1, a private network."""
    address = parted(reference.value)
    if address.host is not None and reference.how != ID:
        name = host_name(address.host)
        if _development(name) and name != site.host:
            return f"“{short(reference.value)}” leads to a development server"
    return None


@rule("link-local", on="address")
def local(reference: Reference, site: Site) -> str | None:
    """No path of somebody's own machine: file:, C:\\, /home/, /Users/."""
    value = reference.value.strip()
    if reference.how != ID and (re.match(r"file:|[a-z]:(?=[/\\]|%5c)|\\\\\w", value, re.I)
                                or re.match(r"(?:/home|/Users|/tmp|/var|/mnt|/root|~)/", value) and site.find(decoded(value.strip("/"))) is None):
        return f"“{short(value)}” is a path on somebody's own machine"
    return None


@rule("privacy-other-host", on="address")
def other_host(reference: Reference, site: Site) -> str | None:
    """Where mkdocs.yml says extra.check.own_host_only, no page loads anything from another host."""
    if reference.how not in (LOAD, HINT) and reference.tag != "iframe":
        return None
    if site.setting("extra", "check", "own_host_only") is True:
        address = parted(reference.value)
        if address.host is not None and host_name(address.host) != site.host:
            return f"loads “{short(reference.value)}” from another host; keep a copy here"
    return None


def _development(name: str) -> bool:
    bare = name.strip("[]")
    if re.fullmatch(r"(?:.+\.)?(?:localhost|local|internal|test|invalid|lan|localdomain)|host\.docker\.internal", bare):
        return True
    try:
        told = ipaddress.ip_address(bare)
    except ValueError:
        return False
    return told.is_private or told.is_loopback or told.is_unspecified or told.is_link_local


def _what(reference: Reference) -> str:
    named = {"a": "link", "area": "link", "img": "picture", "script": "script", "iframe": "frame"}
    return named.get(reference.tag, f"<{reference.tag} {reference.attribute}>".replace(" >", ">"))
