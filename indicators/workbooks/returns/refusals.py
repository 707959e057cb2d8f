"""Why an uploaded workbook is refused as a whole: each a Chinese sentence saying what, where and what to do."""

from __future__ import annotations

from indicators.workbooks.limits import DamagedFileError


class RefusedFileError(DamagedFileError):
    """A file of which nothing is taken, be it damaged, hostile or another's; its message is a Chinese sentence."""


AGAIN = "请重新下载模板，把数填进去再上传。"
