"""One module a page: facts in, one frozen dataclass of ready strings and domain figures out.

Screen, chart, workbook and document are fed by the same dataclass, so they cannot disagree.
"""
