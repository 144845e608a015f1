"""The pictures of the README, made from the sample with LibreOffice and poppler:

    python -m pip install pillow && python -m tests.pictures

Writes docs/工作簿.png (two filled sheets) and docs/报告.png (four pages). Made by hand when the look
changes; never by a test, because fonts differ between machines.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from generator.pipeline import produce

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "inputs" / "2020.xlsx"


def pages(source: Path, folder: Path, dots: int) -> list[Path]:
    """One PNG a page."""
    convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(convert, check=True, capture_output=True)
    stem = folder / source.stem
    subprocess.run(["pdftoppm", "-r", str(dots), "-png", f"{stem}.pdf", str(stem)], check=True)
    return sorted(folder.glob(f"{source.stem}-*.png"))


def side_by_side(files: list[Path], target: Path) -> None:
    """Put some pages into one picture with few colours."""
    from PIL import Image

    images = [Image.open(file) for file in files]
    gap = 12
    height = max(image.height for image in images)
    picture = Image.new("RGB", (sum(i.width + gap for i in images) + gap, height + 2 * gap), "#d0d4da")
    left = gap
    for image in images:
        picture.paste(image, (left, gap))
        left += image.width + gap
    picture.quantize(32).save(target, optimize=True)


def main() -> None:
    """Make both pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = pages(SAMPLE, folder, 50)
        side_by_side([book[4], book[6]], ROOT / "docs" / "工作簿.png")
        report = folder / "报告.docx"
        produce(SAMPLE, report)
        made = pages(report, folder, 50)
        side_by_side([made[0], made[3], made[9], made[12]], ROOT / "docs" / "报告.png")


if __name__ == "__main__":
    sys.exit(main())
