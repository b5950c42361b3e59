"""Logs that can be kept: one JSON object a line, without what people typed or who they are."""

import json
import logging
import traceback
from datetime import UTC, datetime

# What a record may carry beside its message; anything else is dropped.
FIELDS = ("method", "path", "status", "ms", "cached")


class JSONFormatter(logging.Formatter):
    """Time, level, logger, message and a few known fields.

    Of an exception only its type and the places in the code are written: its message may quote what somebody
    filled in.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.msg if record.exc_info else record.getMessage(),
        }
        line |= {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            line["exception"] = f"{type(error).__module__}.{type(error).__qualname__}"
            line["at"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ][-12:]
        return json.dumps(line, ensure_ascii=False, default=str)
