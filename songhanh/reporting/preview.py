"""Pictures of the pages of a Word file, made by LibreOffice from the file itself.

What is seen is what is downloaded. LibreOffice and pdftoppm belong to the system; without them there is no preview, a
reason instead, and the Word file is as good as ever.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

_OFFICE: Final = ("soffice", "libreoffice")
_SECONDS: Final = 120
_DOTS_PER_INCH: Final = 96

NO_OFFICE: Final = "Máy này chưa có LibreOffice nên chưa xem trước được từng trang. Tệp DOCX vẫn tải được."
NO_PICTURES: Final = (
    "Máy này chưa có pdftoppm (gói poppler-utils) nên chưa xem trước được từng trang. Tệp DOCX vẫn tải được."
)
FAILED: Final = "Chưa dựng được bản xem trước. Tệp DOCX vẫn tải được."


class Pages(list[Path]):
    """The pictures of the pages in order; when there are none, `absence` says why in a sentence."""

    def __init__(self, paths: Iterable[Path] = (), absence: str | None = None) -> None:
        super().__init__(paths)
        self.absence = absence


class NoPreview(Exception):
    """There is no preview; the message is the sentence for the reader."""


def pages(docx: bytes, folder: Path) -> Pages:
    """Return a PNG picture of every page, written into `folder` as `trang-01.png` and so on.

    Missing: without LibreOffice or pdftoppm, or when they fail or take longer than two minutes, the list is empty and
    its `absence` says so.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="songhanh-xem-") as work:
            return Pages(_pictures(pdf(docx, Path(work)), folder))
    except NoPreview as absence:
        return Pages(absence=str(absence))


def pdf(docx: bytes, folder: Path) -> Path:
    """Return a PDF of a Word file, written into `folder` by LibreOffice with a profile that is thrown away.

    Raises: NoPreview.
    """
    office = next(filter(None, map(shutil.which, _OFFICE)), None)
    if office is None:
        raise NoPreview(NO_OFFICE)
    source = folder / "bao-cao.docx"
    source.write_bytes(docx)
    with tempfile.TemporaryDirectory(prefix="songhanh-ho-so-") as profile:
        _run(
            [
                office,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder),
                str(source),
            ]
        )
    made = source.with_suffix(".pdf")
    if not made.is_file():
        raise NoPreview(FAILED)
    return made


def _pictures(document: Path, folder: Path) -> list[Path]:
    painter = shutil.which("pdftoppm")
    if painter is None:
        raise NoPreview(NO_PICTURES)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="songhanh-trang-") as work:
        _run([painter, "-r", str(_DOTS_PER_INCH), "-png", str(document), str(Path(work) / "trang")])
        drawn = sorted(Path(work).glob("trang-*.png"), key=lambda path: int(path.stem.rpartition("-")[2]))
        return [_moved(path, folder / f"trang-{number:02d}.png") for number, path in enumerate(drawn, 1)]


def _moved(path: Path, place: Path) -> Path:
    return Path(shutil.copyfile(path, place))


def _run(command: Sequence[str]) -> None:
    """Run a program of the system in silence. Raises: NoPreview when it fails or takes too long."""
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 - fixed programs
    except (subprocess.SubprocessError, OSError) as error:
        raise NoPreview(FAILED) from error
