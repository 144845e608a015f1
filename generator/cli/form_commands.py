"""The forms: which there are, one put to the test, one copied to be changed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import form as forms
from generator.catalogue import Severity
from generator.cli.output import print_findings


def show_forms() -> None:
    """A line for each form."""
    for name, folder in forms.available().items():
        form = forms.load(folder)
        click.echo(f"{name}  {form.title}（{form.year}，{form.issuer}）")


def check_form(folder: Path) -> None:
    """Everything that is wrong with a form; exit status 1 when anything is."""
    # Putting a form to the test needs every part of the program.
    from generator.lint import lint_form

    form, findings = lint_form(forms.find(str(folder)) or folder)
    print_findings(findings)
    errors = sum(item.severity is Severity.ERROR for item in findings)
    name = form.id if form is not None else folder
    click.echo(f"表样 {name}：{f'有 {errors} 处错误' if errors else '没有错误'}。")
    sys.exit(1 if errors else 0)


def copy_form(name: str, target: Path) -> None:
    """A copy under a new id."""
    from generator.form.copy import copy_form as copy

    source = forms.find(name)
    if source is None:
        raise click.UsageError(f"没有编号为 {name} 的表样，可用的有 {'、'.join(forms.available())}")
    try:
        made = copy(source, target)
    except FileExistsError as error:
        raise click.ClickException(f"{target} 已经存在，请换一个文件夹名") from error
    except OSError as error:
        raise click.ClickException(f"写不进 {target}：{error.strerror}") from error
    click.echo(f"已复制到 {target}，编号 {made}。")
