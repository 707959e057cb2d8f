"""Log lines: one JSON object each, with the request that they belong to."""

import logging
from contextvars import ContextVar
from typing import Any

from pythonjsonlogger.json import JsonFormatter

request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdFilter(logging.Filter):
    """Adds the id of the request being answered; outside of one it is empty."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class LineFormatter(JsonFormatter):
    """Time, level, logger, message and request id first; then what the call gave as `extra`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            ["asctime", "levelname", "name", "message", "request_id"],
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
            **kwargs,
        )

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        super().add_fields(log_data, record, message_dict)
        # Django hands its whole request and socket objects over as extras: their text says nothing.
        log_data.pop("request", None)
        log_data.pop("taskName", None)
