"""A form folder under a new id, to be changed: what a new year's form usually begins as."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.form.load import load
from generator.form.records import FormError


def copy_form(source: Path, target: Path) -> str:
    """Copy the form to a folder that does not exist yet; its name is the new id, which is returned.

    Raises FormError when the source is no form or the name cannot be an id, FileExistsError, OSError.
    """
    old, new = load(source).id, target.name
    if not new or any(sign in new for sign in '"\\\n'):
        raise FormError(f"{new!r} 不能用作表样编号，请换一个文件夹名")
    if target.exists():
        raise FileExistsError(str(target))
    target.mkdir(parents=True)
    for path in sorted(source.iterdir()):
        if path.suffix == ".toml":
            text = path.read_text("utf-8").replace(f'"{old}"', f'"{new}"')
            (target / path.name).write_text(text, "utf-8", newline="\n")
        elif path.is_file() and not path.name.startswith(("~$", ".")):
            shutil.copyfile(path, target / path.name)
    return new
