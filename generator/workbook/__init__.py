"""One end: the only code that knows openpyxl."""
