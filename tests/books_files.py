"""Book files made in memory for the tests of the readers."""

from __future__ import annotations

import io
import zipfile

EN = "The lamp was dark. Nobody in the village had seen it burn since the winter that took the boats."
RU = "Лампа не горела. Никто в деревне не видел её огня с той зимы, которая унесла лодки."

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/package.opf"/></rootfiles></container>'
)


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A zip file with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def xhtml(body: str) -> str:
    """A chapter file."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body>{body}</body></html>'
    )


def epub(
    files: dict[str, str],
    *,
    toc: list[tuple[str, str]] = (),  # type: ignore[assignment]
    ncx: bool = False,
    extra: dict[str, bytes | str] | None = None,
) -> bytes:
    """An epub whose spine is ``files`` (bodies) and whose contents are ``toc`` (label, link)."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(files)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(files)))
    members: dict[str, bytes | str] = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    attribute = ""
    if toc and ncx:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        attribute = ' toc="ncx"'
        points = "".join(
            f'<navPoint><navLabel><text>{label}</text></navLabel><content src="{link}"/></navPoint>'
            for label, link in toc
        )
        members["OPS/toc.ncx"] = f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'
    elif toc:
        items += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        links = "".join(f'<li><a href="{link}">{label}</a></li>' for label, link in toc)
        members["OPS/nav.xhtml"] = xhtml(f'<nav epub:type="toc"><ol>{links}</ol></nav>')
    members["OPS/package.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Lamp</dc:title><dc:creator>Ann Ray</dc:creator>'
        f"<dc:rights>CC0</dc:rights></metadata><manifest>{items}</manifest><spine{attribute}>{spine}</spine></package>"
    )
    members |= {f"OPS/{name}": xhtml(body) for name, body in files.items()}
    return zipped(members | (extra or {}))


def fb2(body: str, *, encoding: str = "utf-8", notes: str = "") -> bytes:
    """A FictionBook around a body."""
    extra = f'<body name="notes">{notes}</body>' if notes else ""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" '
        'xmlns:l="http://www.w3.org/1999/xlink">\n<description><title-info><author><first-name>Анна</first-name>'
        "<last-name>Рай</last-name></author><book-title>Лампа</book-title><lang>ru</lang></title-info></description>\n"
        f"<body>{body}</body>\n{extra}</FictionBook>"
    ).encode(encoding, "xmlcharrefreplace")
