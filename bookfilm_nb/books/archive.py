"""Zip files from strangers: nothing is unpacked to disk, and sizes are checked before a byte is inflated."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from bookfilm_nb.errors import BookError

__all__ = ["MAX_MEMBERS", "MAX_RATIO", "MAX_UNPACKED", "Archive"]

MAX_MEMBERS = 10_000
MAX_UNPACKED = 256 * 2**20
"""Bytes, all members together."""
MAX_RATIO = 200
"""Unpacked to packed bytes. Deflate reaches about 1,000; prose in XML stays below 20."""
SMALL = 2**20
"""Bytes below which a ratio says nothing."""


class Archive:
    """A zip file in memory whose members can be read by name. Archives inside it are not opened.

    Raises :class:`BookError` on opening where the file is damaged, a name leads out of the archive, a member
    is encrypted, or the members are too many, too large or too well packed to be a book.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
            raise BookError(
                f"{name} is a damaged zip file: {error}.",
                hint="It is often cut short by a broken download; get it again.",
            ) from error
        self._check(members)
        self._members = {m.filename: m for m in members if not m.is_dir()}
        self.names = tuple(self._members)

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def read(self, member: str) -> bytes:
        """The bytes of one member; :class:`BookError` where it is missing or damaged."""
        if member not in self._members:
            raise BookError(
                f"{self.name} has no part called “{member}”, though another part points to it.",
                hint="The file is incomplete; get it again.",
                member=member,
            )
        info = self._members[member]
        try:
            with self._zip.open(info) as stream:
                data = stream.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise BookError(
                f"The part “{member}” of {self.name} cannot be unpacked: {error or type(error).__name__}.",
                hint="The file is damaged; get it again.",
                member=member,
            ) from error
        if len(data) != info.file_size:
            raise BookError(
                f"The part “{member}” of {self.name} is not as long as the archive says.",
                hint="The file is damaged; get it again.",
                member=member,
            )
        return data

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > MAX_MEMBERS:
            raise self._bomb(f"it has {len(members)} parts, {MAX_MEMBERS} at most are read")
        unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
        if unpacked > MAX_UNPACKED:
            raise self._bomb(f"it unpacks to {unpacked >> 20} MiB, {MAX_UNPACKED >> 20} MiB at most are read")
        for what, size, small in [("it", unpacked, packed)] + [
            (m.filename, m.file_size, m.compress_size) for m in members
        ]:
            if size > SMALL and size > MAX_RATIO * small:
                raise self._bomb(
                    f"{what} unpacks to {size // max(1, small)} times its size, {MAX_RATIO} at most is read"
                )
        for member in members:
            path = PurePosixPath(member.filename.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or (path.parts and path.parts[0].endswith(":")):
                raise BookError(
                    f"{self.name} has a part whose name leads out of the archive: “{member.filename}”.",
                    hint="No book needs that; do not trust this file.",
                    member=member.filename,
                )
            if member.flag_bits & 0x1:
                raise BookError(
                    f"{self.name} is protected by a password (part “{member.filename}”).",
                    hint="Unpack it with its password first.",
                    member=member.filename,
                )

    def _bomb(self, why: str) -> BookError:
        return BookError(
            f"{self.name} is packed like a zip bomb: {why}.",
            hint="Do not trust this file; a book of a million words is about 6 MiB.",
        )
