"""Previews in the page: screenplay, frames, a spoken line, the film by link."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from IPython.display import HTML, Audio

from .links import link_to
from .words import say

if TYPE_CHECKING:
    from bookfilm_nb.model import Screenplay, Timeline, VoiceTake
    from bookfilm_nb.production import Store

__all__ = ["film_player", "frames", "line_player", "script"]


def script(screenplay: Screenplay, *, height_px: int = 360) -> HTML:
    """The screenplay as it is usually set, in a box that scrolls."""
    names = {c.id: c.name for c in screenplay.characters}
    parts = []
    for scene in screenplay.scenes:
        heading = f"{scene.heading.setting} {scene.heading.location} – {scene.heading.time}".upper()
        parts.append(f"<p><b>{escape(heading)}</b></p>")
        for element in scene.elements:
            if element.kind == "dialogue":
                cue = names.get(element.character or "", "?").upper()
                parts.append(f'<p style="margin:0 22% .6em">{escape(cue)}<br>{escape(element.text)}</p>')
            else:
                kind = "(V.O.) " if element.kind == "voice_over" else ""
                parts.append(f'<p style="margin:0 8% .6em"><i>{kind}</i>{escape(element.text)}</p>')
    style = (
        f"max-height:{height_px}px;overflow:auto;font-family:monospace;border:1px solid var(--jp-border-color2,#888)"
    )
    return HTML(
        f'<div role="document" aria-label="Screenplay" tabindex="0" style="{style};padding:0 1em">{"".join(parts)}</div>'
    )


def frames(timeline: Timeline, store: Store, *, most: int = 12, width_px: int = 300) -> HTML:
    """One frame of each shot (an even choice of ``most``), painted from the takes, before anything is rendered."""
    from bookfilm_nb.render import FilmFrames, preview_frame

    clips = timeline.shots[:: max(1, -(-len(timeline.shots) // most))]
    film = FilmFrames(timeline, store.blobs)
    pictures = []
    for clip in clips:
        data = base64.b64encode(preview_frame(film, clip.start + clip.length // 2, width=width_px)).decode("ascii")
        pictures.append(
            f'<figure style="margin:0"><img src="data:image/jpeg;base64,{data}" alt="{escape(clip.shot)}" width="{width_px}">'
            f"<figcaption>{escape(clip.shot)}, {clip.length / timeline.fps:.1f} s</figcaption></figure>"
        )
    return HTML(f'<div style="display:flex;flex-wrap:wrap;gap:8px">{"".join(pictures)}</div>')


def line_player(take: VoiceTake, store: Store) -> Audio:
    """A spoken line to listen to."""
    return Audio(data=store.read(take.blob), autoplay=False)


def film_player(film: str | Path, *, width_px: int = 720) -> HTML:
    """The film by link, with captions, and a small poster in the page; it must lie below the server's root.

    JupyterLab follows no link of a poster, so that one is embedded.
    """
    path = Path(film)
    tracks = "".join(
        f'<track kind="captions" src="{escape(link_to(vtt))}" srclang="{escape(vtt.suffixes[0][1:])}">'
        for vtt in sorted(path.parent.glob("*.vtt"))
    )
    return HTML(
        f'<video controls preload="metadata" aria-label="{escape(say("report.film"))}" width="{width_px}" '
        f'{_poster(path.parent / "poster.jpg", width_px)} src="{escape(link_to(path))}">{tracks}</video>'
    )


def _poster(file: Path, width_px: int) -> str:
    """The attributes that give a player its picture and its shape; without a poster only that it fits."""
    import cv2
    import numpy as np

    picture = cv2.imdecode(np.fromfile(file, np.uint8), cv2.IMREAD_COLOR) if file.is_file() else None
    if picture is None:
        return 'style="max-width:100%"'
    height, width = picture.shape[:2]
    small = cv2.resize(picture, (width_px, round(width_px * height / width)), interpolation=cv2.INTER_AREA)
    data = base64.b64encode(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()).decode("ascii")
    shape = f"max-width:100%;height:auto;aspect-ratio:{width}/{height}"
    return f'style="{shape}" poster="data:image/jpeg;base64,{data}"'
