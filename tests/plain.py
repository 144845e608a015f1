"""The other side of the benchmark: what a plain openpyxl + docxtpl script does, without any check.

``python tests/plain.py CONTEXT.json TEMPLATE.docx OUT.docx WORKBOOK…`` reads every cell of each workbook and
renders the context. Nothing of the package is imported.
"""

import json
import sys
from pathlib import Path

import openpyxl
from docxtpl import DocxTemplate
from jinja2 import Environment


class Value:
    """A printed value that compares as its number."""

    def __init__(self, text, number):
        self.text, self.number = text, number

    def __str__(self):
        return self.text

    def __bool__(self):
        return bool(self.number) if self.number is not None else bool(self.text)

    def __eq__(self, other):
        return (self.number if self.number is not None else self.text) == other

    def __gt__(self, other):
        return (self.number or 0) > other

    def __hash__(self):
        return hash(self.text)


def revive(data):
    return Value(data["text"], data["number"]) if data.keys() == {"text", "number"} else data


def environment():
    made = Environment(autoescape=True)
    made.filters["向下合并"] = lambda value, *keys: value
    made.filters["枚举"] = lambda items, attribute="", *_: "、".join(
        str(item[attribute] if attribute else item) for item in items
    )
    made.tests["有值"] = lambda value: str(value) != ""
    return made


def main():
    context_file, template, target, *workbooks = sys.argv[1:]
    with Path(context_file).open(encoding="utf-8") as file:
        context = json.load(file, object_hook=revive)
    for number, path in enumerate(workbooks):
        book = openpyxl.load_workbook(path, data_only=True)
        cells = {(s.title, c.row, c.column): c.value for s in book for row in s.iter_rows() for c in row}
        assert cells
        document = DocxTemplate(template)
        document.render(context, environment(), autoescape=True)
        document.save(target.replace(".docx", f"-{number}.docx"))


if __name__ == "__main__":
    main()
