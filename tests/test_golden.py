"""The sample's document, held word for word."""

from documents import lines
from workbooks import FORM, SAMPLE, news

from generator.document.render import render
from generator.pipeline import examine


def test_sample_document(golden):
    examination = examine(SAMPLE)
    document, findings = render(examination.report, FORM)
    assert (news(examination.findings), findings) == ([], [])
    golden("2020.txt", "\n".join(lines(document)) + "\n")
