"""Office files of before 2007 (DOC, XLS, PPT) and RTF, by way of LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from corpus.checks import check_archive
from corpus.document import RepairStep
from corpus.errors import ConverterError
from corpus.extracted import Extracted
from corpus.limits import Limits
from corpus.messages import says
from corpus.names import shown
from corpus.readers.sheet import read_workbook
from corpus.readers.slides import read_slides
from corpus.readers.word import read_word
from corpus.reasons import reason_of

PROGRAMS = ("soffice", "libreoffice")
# Where installers put it without telling the search path.
USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
CONVERT_SECONDS = 50  # within the time that a reader has; a 300-page document takes ten


def read_doc(data: bytes, name: str) -> Extracted:
    """Read an old Word document or a RTF file."""
    return _read(data, name, ("doc", "docx", "Word"), read_word)


def read_xls(data: bytes, name: str) -> Extracted:
    """Read an old Excel workbook."""
    return _read(data, name, ("xls", "xlsx", "Excel"), read_workbook)


def read_ppt(data: bytes, name: str) -> Extracted:
    """Read an old PowerPoint presentation."""
    return _read(data, name, ("ppt", "pptx", "PowerPoint"), read_slides)


def _read(
    data: bytes, name: str, kinds: tuple[str, str, str], read: Callable[[bytes, str], Extracted]
) -> Extracted:
    old, new, program = kinds
    converted = _convert(data, name, kinds)
    check_archive(converted, name, Limits())
    extracted = read(converted, name)
    step = RepairStep(
        "转换格式", f"旧版 {program} 的 {old.upper()} 由 LibreOffice 转成 {new.upper()} 再读", 1
    )
    return replace(extracted, notes=(step, *extracted.notes))


def _convert(data: bytes, name: str, kinds: tuple[str, str, str]) -> bytes:
    """Return the file in today's format."""
    old, new, program = kinds
    office = find_office()
    if office is None:
        raise ConverterError(
            says(
                "convert.missing",
                "“{name}”是旧版 {program} 的格式，要靠 LibreOffice 转换，而这台电脑上没有安装它。"
                "请用 {program} 或 WPS 打开这份文件，另存为 {kind} 后再试。",
                name=shown(name),
                program=program,
                kind=new.upper(),
            )
        )
    try:
        with tempfile.TemporaryDirectory(prefix="wenbao-") as folder:
            source, out = Path(folder, f"report.{old}"), Path(folder, "out")
            source.write_bytes(data)
            subprocess.run(
                [
                    office,
                    # A profile of its own: a window of LibreOffice that the user has open stays as it is.
                    f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                    "--headless",
                    "--norestore",
                    "--convert-to",
                    new,
                    "--outdir",
                    str(out),
                    str(source),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=CONVERT_SECONDS,
                check=False,
            )
            return (out / f"report.{new}").read_bytes()
    except FileNotFoundError as error:  # it wrote nothing
        raise ConverterError(
            says(
                "convert.failed",
                "“{name}”转换失败：它可能设有密码，或者已损坏。请用 {program} 或 WPS 打开，另存为 {kind} 后再试。",
                name=shown(name),
                program=program,
                kind=new.upper(),
            )
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ConverterError(
            says(
                "convert.slow",
                "“{name}”转换了 {seconds} 秒还没有完成。请用 {program} 或 WPS 打开，另存为 {kind} 后再试。",
                name=shown(name),
                seconds=CONVERT_SECONDS,
                program=program,
                kind=new.upper(),
            )
        ) from error
    except OSError as error:
        raise ConverterError(
            says(
                "convert.disk",
                "转换“{name}”时不能写临时文件：{reason}。请检查磁盘空间和权限后再试。",
                name=shown(name),
                reason=reason_of(error),
            )
        ) from error


def find_office() -> str | None:
    """Return the path of LibreOffice, None where it is not installed."""
    found = (shutil.which(program) for program in PROGRAMS)
    return next((path for path in (*found, *filter(_is_file, USUAL_PLACES)) if path), None)


def _is_file(path: str) -> bool:
    return Path(path).is_file()
