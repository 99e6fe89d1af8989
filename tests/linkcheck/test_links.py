"""Addresses are judged as browsers read them, in whatever part of a page they stand."""

from pathlib import Path

import pytest
from sites import found, rules

FILES: dict[str, str | bytes] = {
    "page.html": '<h1 id="intro">x</h1><p id="über"><p id="50%"><a name="old">x</a>',
    "my page.html": "x",
    "100%.html": "x",
    "café.html": "x",
    "a.png": "x",
    "only/x.txt": "x",
    "deep/er/index.html": "<h1 id=here>x</h1>",
    "icons.svg": '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="s"/></svg>',
}
GOOD = [
    '<a href="my%20page.html">',
    '<a href=" my page.html\n">',
    '<a href="p&#97;ge.html#intro">',
    '<a href="page%2Ehtml?x=/y#intro">',
    '<a href="page.html#%C3%BCber">',
    '<a href="page.html#über">',
    '<a href="page.html#50%">',
    '<a href="page.html#old">',
    '<a href="page.html#:~:text=foo">',
    '<a href="page.html#intro:~:text=foo,bar">',
    '<a href="page.html#">',
    '<a href="page.html#TOP">',
    '<a href="caf%c3%a9.html">',
    '<a href="100%.html">',
    '<a href="100%25.html">',
    '<a href="deep/er">',
    '<a href="deep//er/#here">',
    '<a href="./deep/../page.html">',
    '<a href="deep%2Fer/">',
    '<a href="DEEP/../page.html">',
    '<a href="">',
    '<a href="?q">',
    '<img srcset="a.png, a.png 2x" src="a.png" alt="">',
    '<svg><use href="icons.svg#s"/></svg>',
    '<img src="icons.svg#svgView(viewBox(0,0,1,1))" alt="">',
    '<base href="deep/er/"><a href="../../page.html#intro">',
    '<base href="//example.org/"><a href="nowhere">',
    '<a href="//example.org/x">',
    '<a href="https://bücher.example/">',
    '<a href="http://[2606:4700::1111]:8080/">',
    '<a href="mailto:a@b.org,c@d.org?subject=x">',
    '<a href="mailto:?subject=x">',
    '<a href="tel:+61%202%201234">',
    '<a href="data:text/html,hi">',
    '<a href="data:">',
    '<a href="javascript:void(0)">',
    '<p style="background:url(data:image/png,x)">',
    '<template><a href="nowhere"></a></template>',
]
FAULTY = {
    '<a href="Page.html">': "link-broken",
    '<a href="page.html%20">': "link-broken",
    '<a href="page.html/">': "link-broken",
    '<a href="only/">': "link-broken",
    '<a href="only">': "link-broken",
    '<img src="a.png" srcset="a.png 1x, b.png 2x" alt="">': "link-broken",
    '<link rel="preload" as="image" imagesrcset="b.png 2x">': "link-broken",
    '<area href="nowhere.html">': "link-broken",
    '<iframe src="nowhere.html"></iframe>': "link-broken",
    '<object data="nowhere.pdf"></object>': "link-broken",
    '<video poster="nowhere.png"></video>': "link-broken",
    '<form action="nowhere"></form>': "link-broken",
    '<style>@import "nowhere.css" screen;</style>': "link-broken",
    "<p style=\"background: URL( 'nowhere.png' )\">": "link-broken",
    '<p style="background: image-set(&quot;nowhere.png&quot; 1x)">': "link-broken",
    '<meta http-equiv="Refresh" content="0; URL=\'nowhere.html\'">': "link-broken",
    '<meta property="og:image" content="/nowhere.png">': "link-broken",
    '<script type="application/ld+json">{"url": "/nowhere/"}</script>': "link-broken",
    '<base href="deep/"><a href="page.html">': "link-broken",
    '<a href="page.html#Intro">': "link-fragment",
    '<a href="page.html#intr">': "link-fragment",
    '<a href="page.html#nowhere:~:text=foo">': "link-fragment",
    '<a href="#%E2%80%8B">': "link-fragment",
    '<svg><use href="#nowhere"/></svg>': "link-fragment",
    '<svg><rect fill="url(#nowhere)"/></svg>': "link-fragment",
    '<svg><use xlink:href="icons.svg#t"/></svg>': "link-fragment",
    '<a href="../page.html">': "link-outside",
    '<a href="/%2e%2e/page.html">': "link-outside",
    '<a href="mailto:">': "link-mailto",
    '<a href="mailto:a b@c.org">': "link-mailto",
    '<a href="mailto:a@b">': "link-mailto",
    '<a href="mailto:a@b..org">': "link-mailto",
    '<a href="tel:call-me">': "link-tel",
    '<a href="https://exa mple.org/">': "link-address",
    '<a href="https://example.org:99999/">': "link-address",
    '<a href="//page/">': "link-address",
    '<a href="https:page.html">': "link-scheme",
    '<a href="https//example.org">': "link-scheme",
    '<a href="C:\\page.html">': "link-local",
    '<a href="http://[::1]/">': "link-development",
    '<img src="" alt="">': "link-empty",
    '<img src="a.png" usemap="#nowhere" alt="">': "id-reference",
    '<p id="x"><p id="x">': "id-duplicate",
    '<p id="a b">': "id-shape",
}


@pytest.mark.parametrize("html", GOOD)
def test_what_a_browser_follows_is_not_called_wrong(html: str, tmp_path: Path) -> None:
    """One false alarm, and the next true one is not believed."""
    assert rules(tmp_path, {**FILES, "index.html": html}) == []


@pytest.mark.parametrize("html", FAULTY)
def test_what_a_browser_cannot_follow_is_named_once(html: str, tmp_path: Path) -> None:
    """A fault that is missed reaches readers."""
    assert rules(tmp_path, {**FILES, "index.html": html}) == [FAULTY[html]]


SUGGESTED = {
    "Page.html": "page.html",
    "page.html%20": "page.html",
    "pagee.html": "page.html",
    "my-page.html": "my page.html",
    "other/page.html": "page.html",
    "page.html#Intro": "#intro",
    "page.html#intor": "#intro",
}


@pytest.mark.parametrize("value", SUGGESTED)
def test_what_was_probably_meant_is_said(value: str, tmp_path: Path) -> None:
    """Most dead links are slips; whoever sees the right word need not look for it."""
    assert [d.fix for d in found(tmp_path, {**FILES, "index.html": f'<a href="{value}">'})] == [
        f"did you mean {SUGGESTED[value]}?"
    ]


def test_nothing_is_suggested_that_is_not_alike(tmp_path: Path) -> None:
    """A wrong hint costs more than none."""
    fixes = [d.fix for d in found(tmp_path, {**FILES, "index.html": '<a href="og.html"><img src="q.png">'})]
    assert len(fixes) == 2 and not any("did you mean" in fix for fix in fixes)


def test_words_left_over_are_told_from_signs_in_the_text_of_others(tmp_path: Path) -> None:
    """Of pages whose source is not known, brackets are mostly grammar or patterns."""
    signs = "[0-9a-f][0-9a-f] range([start, ]stop[, step]) open(file[, mode][, buffering]) [a-z][A-Z] [^abc] x[i](j.k)"
    signs += " tar [-options][file] [OPTION]... [FILE][DIR]"
    assert rules(tmp_path, {"index.html": f"<body><p>{signs}"}) == []
    words = "<body><p>See [the guide][guide], [the guide](guide.md), [this][] and a note.[^1]"
    assert rules(tmp_path, {"index.html": words}) == ["link-leftover"] * 4


def test_the_address_of_the_site_is_its_own_in_any_spelling(tmp_path: Path) -> None:
    """A full address of one's own is a link like any other, and as easily dead."""
    good = ["https://BÜCHER.example/sub/page.html", "//xn--bcher-kva.example:443/sub/", "https://bücher.example/sub"]
    good += ["https://bücher.example/other/", "https://bücher.example:8443/sub/nowhere", "/sub/page.html", "page.html"]
    links = "".join(f'<a href="{value}">x</a>' for value in good)
    assert rules(tmp_path, {**FILES, "index.html": links}, "https://bücher.example/sub/") == []
    bad = '<a href="https://bücher.example/sub/nowhere">x</a><a href="/page.html">x</a><a href="/subway/">x</a>'
    assert rules(tmp_path, {**FILES, "index.html": bad}, "https://bücher.example/sub") == [
        "link-broken",
        "link-outside",
        "link-outside",
    ]
