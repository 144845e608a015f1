"""gen-report: official performance self-evaluation reports from one workbook."""

__version__ = "0.1.0"
