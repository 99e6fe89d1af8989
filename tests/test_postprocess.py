"""Post-processing: what it does to built pages, on a site small enough to see all of it."""

import gzip
import json
import re
from pathlib import Path

import brotli
import pytest
from selectolax.lexbor import LexborHTMLParser

from postprocess import BuiltSite, PostprocessError, postprocess
from postprocess.policy import fingerprint

ADDRESS = "https://example.com/course/"
HEAD = """<!doctype html><html lang="en"><head>
<meta charset="utf-8"><title>{title}</title>
<meta property="og:image" content="https://example.com/course/assets/images/share.png">
<link rel="preload" href="{up}assets/fonts/face.woff2" as="font" crossorigin>
<link rel="stylesheet" href="{up}assets/css/first.css">
<link rel="stylesheet" href="{up}assets/css/second.css">
<link rel="stylesheet" href="{up}assets/css/print.css" media="print">
<script>document.documentElement.className = "js"</script>
<script type="application/ld+json">{{"image": "https://example.com/course/assets/images/share.png"}}</script>
<script src="{up}assets/js/page.js" defer></script>
{more}</head><body data-search="{up}assets/js/search.js"><h1>{title}</h1><p>Some   text.</p>{body}</body></html>
"""


def html(up: str = "", title: str = "Page", more: str = "", body: str = "") -> str:
    """A page as a template draws it; `up` leads to the site's root."""
    return HEAD.format(up=up, title=title, more=more, body=body)


@pytest.fixture
def built(tmp_path: Path) -> BuiltSite:
    """A built site with its sources: three pages, assets of its own and of the theme."""
    site, docs, overrides = tmp_path / "site", tmp_path / "docs", tmp_path / "overrides"
    own = {
        "assets/css/first.css": "/* first */ @font-face { font-family: Face; src: url('../fonts/face.woff2') }\n"
        "h1 { color: red }",
        "assets/css/second.css": "h1 { color: blue }",
        "assets/css/print.css": "h1 { color: black }",
        "assets/fonts/face.woff2": "not really a face",
        "assets/fonts/face-OFL.txt": "the licence",
        "assets/images/share.png": "not really a picture",
        "assets/images/icon.png": "an icon that only the manifest names",
        "assets/images/spare.png": "a picture that nothing names yet",
        "assets/js/page.js": "// says where\nwindow.pageHere = 'assets/js/search.js';",
        "assets/js/search.js": "window.searchHere = true;",
    }
    theme = {
        "assets/stylesheets/main.57a0d79d.min.css": "body { margin: 0 }",
        "assets/stylesheets/main.57a0d79d.min.css.map": "{}",
        "assets/javascripts/lunr/min/lunr.de.min.js": "1",
        "assets/images/favicon.png": "the theme's icon",
    }
    pages = {
        "index.html": html(title="Home"),
        "two/index.html": html("../", title="Two", more='<meta property="article:modified_time" content="2026-02-03">'),
        "old/index.html": html("../", title="Moved", more='<meta http-equiv="refresh" content="0; url=../two/#part">'),
        "print/index.html": html("../", title="Print", more='<meta name="robots" content="noindex">'),
        "404.html": html("/course/", title="Not found", more='<meta name="robots" content="noindex">'),
        "manifest.webmanifest": json.dumps({"icons": [{"src": "assets/images/icon.png"}]}),
        "sitemap.xml": "<urlset>made by the engine, with today's date</urlset>",
        "sitemap.xml.gz": "old",
        "robots.txt": "User-agent: *\n",
        "search/search_index.json": '{"docs": [{"text": "the file assets/js/page.js"}]}',
    }
    for folder, files in ((overrides, own), (site, own), (site, theme), (site, pages)):
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
    (overrides / "main.html").write_text('<script>{# early #}document.documentElement.className = "js"</script>')
    return BuiltSite(site, overrides, docs, ADDRESS)


def read(built: BuiltSite, name: str) -> str:
    """A file of the site as text."""
    return (built.site / name).read_text("utf-8")


def only(built: BuiltSite, pattern: str) -> Path:
    """The one file of the site that fits a pattern."""
    found = [path for path in built.site.glob(pattern) if path.suffix not in (".br", ".gz")]
    assert len(found) == 1, found
    return found[0]


def test_stylesheets_become_one_in_their_order(built: BuiltSite) -> None:
    """Each stylesheet is a request that a phone waits for; in another order the page would look different."""
    postprocess(built)
    sheet = only(built, "assets/css/*.css")
    assert re.findall(r"<link href=(\S+) rel=stylesheet>", read(built, "two/index.html")) == [
        f"../assets/css/{sheet.name}"
    ]
    css = sheet.read_text()
    assert "h1{color:#00f}" in css and "red" not in css, "the second sheet wins over the first"
    assert css.index("#00f") < css.index("@media print{h1{color:#000}}")
    assert "/* first */" not in css


def test_scripts_become_one_in_their_order_and_fail_alone(built: BuiltSite) -> None:
    """Each script is a request that a phone waits for; and one that throws must not take the others with it."""
    for folder in (built.site, built.overrides):
        (folder / "assets/js/more.js").write_text("(() => { window.more = 'more'; })();")
    (built.site / "two/index.html").write_text(
        html("../", title="Two", more='<script src="../assets/js/more.js" defer></script>')
    )
    postprocess(built)
    script = only(built, "assets/js/scripts.*.js")
    assert re.findall(r"<script defer src=(\S+?)>", read(built, "two/index.html")) == [f"../assets/js/{script.name}"]
    joined = script.read_text()
    assert joined.index("pageHere") < joined.index("more") and joined.count("try") == joined.count("catch") == 2
    assert not list(built.site.glob("assets/js/more.*.js")), "nothing names the single file any more"
    assert only(built, "assets/js/page.*.js").name in read(built, "index.html"), (
        "a page with one script keeps it as it is"
    )


def test_a_name_changes_with_its_content_and_only_then(built: BuiltSite, tmp_path: Path) -> None:
    """Browsers keep an asset for a year: under an old name readers would see an old style."""
    postprocess(built)
    before = {path.name for path in built.site.glob("assets/**/*.*")}
    assert all(re.search(r"\.[0-9a-f]{8}\.\w+(\.br|\.gz)?$|OFL\.txt(\.br|\.gz)?$", name) for name in before), before
    again = BuiltSite(tmp_path / "again", built.overrides, built.docs, ADDRESS)
    for name in ("assets/css/first.css", "assets/css/second.css", "assets/css/print.css", "assets/fonts/face.woff2",
                 "assets/images/share.png", "assets/js/page.js", "assets/js/search.js"):  # fmt: skip
        (again.site / name).parent.mkdir(parents=True, exist_ok=True)
        text = (built.overrides / name).read_text()
        (again.site / name).write_text(text + " changed" if name.endswith("woff2") else text)
    (again.site / "index.html").write_text(html(title="Home"))
    postprocess(again)
    after = {path.name for path in again.site.glob("assets/**/*.*")}
    changed = {name.split(".")[0] for name in after - before}
    assert changed == {"face", "styles"}, "the face, and the stylesheet that names it"


def test_every_reference_follows_its_asset_to_the_new_name(built: BuiltSite) -> None:
    """One that does not is a missing picture, face or script."""
    postprocess(built)
    page, share = read(built, "two/index.html"), only(built, "assets/images/share.*.png").name
    face, search = only(built, "assets/fonts/*.woff2").name, only(built, "assets/js/search.*.js").name
    assert f"https://example.com/course/assets/images/{share} property=og:image" in page
    assert f'{{"image": "https://example.com/course/assets/images/{share}"}}' in page
    assert f"href=../assets/fonts/{face}" in page
    assert f"data-search=../assets/js/{search}" in page
    assert f"url(../fonts/{face})" in only(built, "assets/css/*.css").read_text()
    assert f"assets/js/{search}" in only(built, "assets/js/page.*.js").read_text()
    assert (
        json.loads(read(built, "manifest.webmanifest"))["icons"][0]["src"]
        == "assets/images/" + only(built, "assets/images/icon.*.png").name
    )
    assert f"/course/assets/js/{search}" in read(built, "404.html")


def test_words_in_the_search_index_stay(built: BuiltSite) -> None:
    """A reader who searches for a file's name must find the page that speaks of it."""
    postprocess(built)
    assert "the file assets/js/page.js" in read(built, "search/search_index.json")


def test_what_the_theme_brought_and_nothing_uses_is_gone(built: BuiltSite) -> None:
    """Half a megabyte of it would be uploaded at every change. Our own files and licences stay."""
    postprocess(built)
    names = {path.relative_to(built.site).as_posix() for path in built.site.rglob("*")}
    assert not [
        name for name in names if "favicon" in name or "stylesheets" in name or "lunr" in name or name.endswith(".map")
    ]
    assert "assets/fonts/face-OFL.txt" in names
    assert only(built, "assets/images/spare.*.png")


def test_each_page_carries_a_policy_that_allows_its_own_inline_script_and_nothing_else(built: BuiltSite) -> None:
    """With 'unsafe-inline' a slip in one page would let strangers' scripts run."""
    postprocess(built)
    for name in ("index.html", "two/index.html", "404.html"):
        page = read(built, name)
        policy = re.search(r'<meta charset=utf-8><meta http-equiv="Content-Security-Policy" content="([^"]+)">', page)[
            1
        ]
        inline = re.findall(r"<script(?: data-built=[^>\s]+)?>(.*?)</script>", page)
        assert len(inline) == (2 if name == "404.html" else 1)
        for script in inline:
            assert fingerprint(script) in policy
        assert policy.count("sha256-") == len(inline), "data blocks need no hash"
        assert "unsafe" not in policy and "frame-ancestors" not in policy and policy.startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('<p style="color: red">Red</p>', "<p> has the attribute 'style'"),
        ('<button onclick="go()">Go</button>', "<button> has the attribute 'onclick'"),
        ("<script>document.documentElement.className = 'other'</script>", "<script> does not come from a template"),
        ("<script type=text/ecmascript>go()</script>", "<script> does not come from a template"),
        ('<noscript><meta http-equiv="refresh" content="0; url=//x"></noscript>', "<meta> gives orders"),
        ("<!--><script>go()</script>-->", "<script> does not come from a template"),
        ('<math><mi xlink:href="javascript:go()">x</mi></math>', "<mi> has an address in 'xlink:href' that would run"),
        ("<script type=module>go()</script>", "<script> does not come from a template"),
        ('<svg><script href="a.js"></script></svg>', "<script> loads a script into a drawing"),
        ("<style>body { display: none }</style>", "<style> does not come from a template"),
        ('<script src="//example.com/a.js"></script>', "<script> loads //example.com/a.js"),
        ('<a href=" java&#9;script:go()">Go</a>', "<a> has an address in 'href' that would run"),
        ('<a href="data:text/html,hi">Go</a>', "<a> has an address in 'href' that would run"),
        ('<svg><a><animate attributeName="href" values="javascript:go()"/></a></svg>', "<animate> is not allowed"),
        ('<meta http-equiv="refresh" content="0; url=//example.com">', "<meta> gives orders"),
    ],
)
def test_what_no_template_brought_and_what_the_policy_would_break_is_named(
    built: BuiltSite, body: str, says: str
) -> None:
    """A text that could run would take over the pages of all readers; a dead style would go unseen until they came."""
    (built.site / "two/index.html").write_text(html("../", body=body))
    found = [f"{fault.page}: {fault.sentence}" for fault in postprocess(built)]
    assert any(fault.startswith(f"two/index.html: {says}") for fault in found), found


def test_a_clean_site_has_no_faults(built: BuiltSite) -> None:
    """The templates' own scripts, data blocks and pictures are no faults, so the wall stops nobody who works."""
    assert postprocess(built) == []
    assert read(built, "_redirects"), "the redirect of a template is honoured"


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("assets/css/second.css", '@import "other.css"; h1 { color: blue }', "second.css uses @import"),
        ("assets/js/search.js", "window.other = 'assets/js/page.js'", "name each other in a circle"),
        ("assets/js/page.js", "document.write('</script>')", "</script"),
    ],
)
def test_assets_that_cannot_be_finished_are_named(built: BuiltSite, file: str, text: str, says: str) -> None:
    """A sentence with the file's name, instead of a style or script that is broken on the site."""
    (built.site / file).write_text(text)
    with pytest.raises(PostprocessError, match=re.escape(says)):
        postprocess(built)


def test_a_page_without_a_character_set_is_refused(built: BuiltSite) -> None:
    """Its umlauts would be garbled, and its policy would have no place to stand."""
    (built.site / "two/index.html").write_text("<!doctype html><title>Two</title><h1>Two</h1>")
    with pytest.raises(PostprocessError, match="two/index.html has no <meta charset>"):
        postprocess(built)


def test_the_sitemap_lists_what_is_for_readers_with_the_day_it_was_written(built: BuiltSite) -> None:
    """Search engines should not list redirects and print pages, nor think that every page is new after every build."""
    postprocess(built)
    sitemap = read(built, "sitemap.xml")
    assert re.findall("<loc>(.*?)</loc>", sitemap) == [ADDRESS, ADDRESS + "two/"]
    assert re.findall("<lastmod>(.*?)</lastmod>", sitemap) == ["2026-02-03"]
    assert f"Sitemap: {ADDRESS}sitemap.xml" in read(built, "robots.txt")
    assert gzip.decompress((built.site / "sitemap.xml.gz").read_bytes()).decode() == sitemap


def test_hosts_get_the_headers_and_redirects_as_files(built: BuiltSite) -> None:
    """A page cannot forbid its own framing, nor ask for HTTPS: only the host's answer can."""
    postprocess(built)
    headers = read(built, "_headers")
    for words in ("frame-ancestors 'none'", "Strict-Transport-Security: max-age=", "X-Content-Type-Options: nosniff",
                  "Referrer-Policy: ", "Permissions-Policy: ", "max-age=31536000, immutable"):  # fmt: skip
        assert words in headers
    assert "unsafe" not in headers
    assert max(map(len, headers.splitlines())) <= 2000, "Cloudflare Pages drops longer lines"
    assert read(built, "_redirects") == "/course/old/ /course/two/#part 301\n"


def test_every_text_has_compressed_neighbours_with_the_same_words(built: BuiltSite) -> None:
    """A server that finds none compresses at every request, or not at all."""
    postprocess(built)
    texts = [
        path
        for path in built.site.rglob("*")
        if path.suffix in (".html", ".css", ".js", ".json", ".xml", ".txt", ".webmanifest")
    ]
    assert len(texts) > 10
    for path in texts:
        content = path.read_bytes()
        assert brotli.decompress(path.with_name(path.name + ".br").read_bytes()) == content
        assert gzip.decompress(path.with_name(path.name + ".gz").read_bytes()) == content


def test_the_empty_corner_of_a_table_is_no_heading(built: BuiltSite) -> None:
    """Markdown makes one of it, and whoever listens to the page hears a heading that says nothing."""
    corner = (
        "<table><thead><tr><th></th><th>Now</th></tr></thead><tbody><tr><td>Fee</td><td>20</td></tr></tbody></table>"
    )
    (built.site / "two/index.html").write_text(html("../", title="Two", body=corner))
    postprocess(built)
    page = LexborHTMLParser(read(built, "two/index.html"))
    assert [(cell.tag, cell.text()) for cell in page.css("thead tr > *")] == [("td", ""), ("th", "Now")]


def test_a_second_look_at_the_page_shows_the_same_text(built: BuiltSite) -> None:
    """Smaller must not mean different."""
    postprocess(built)
    page = read(built, "two/index.html")
    assert "<h1>Two</h1><p>Some text.</p>" in page
    assert page.startswith("<!doctype html><html") and page.rstrip().endswith("</body></html>")


def test_phrases_get_entries_of_their_own_in_the_search_index(built: BuiltSite) -> None:
    """Engines index Markdown alone; what templates draw from front matter could not be found."""
    phrase = (
        '<article class="phrase" id="delay-1"><p class="they"><q>Wait &lt;b&gt; &amp; see</q></p>'
        '<p class="strong-answer"><q>Until when?</q></p><p class="because">It asks.</p></article>'
    )
    (built.site / "two/index.html").write_text(html("../", title="Two", body=phrase), "utf-8")
    postprocess(built)
    entries = json.loads(read(built, "search/search_index.json"))["docs"]
    assert entries[-1] == {
        "kind": "Phrase",
        "location": "two/#delay-1",
        "title": "Wait &lt;b> &amp; see",
        "text": "Until when? It asks.",
    }


def test_a_search_index_that_cannot_be_read_stops_the_build(built: BuiltSite) -> None:
    """Search that finds nothing would be noticed by readers only."""
    (built.site / "search/search_index.json").write_text("{", "utf-8")
    with pytest.raises(PostprocessError, match="not a search index"):
        postprocess(built)
