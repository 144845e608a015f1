"""The other end: the only code that knows docxtpl, jinja2 and lxml."""
