"""What a log and a report to the maintainers may hold: what went wrong, not whose record it was.

个人信息保护法第六条: no more than the purpose needs. Statements are logged without their parameters (``db.backends``);
here goes what else an error may quote.
"""

import re

_PASSWORD = re.compile(r"(://[^\s:/@]*:)[^\s@]+@|((?:password|passfile)=)[^\s&'\"]+", re.IGNORECASE)
_DETAIL = re.compile(
    r"^(\s*)(DETAIL|CONTEXT|详细信息|背景):.*(?:\n(?!\s*(?:HINT|LINE|\[SQL|File |\(Background)|\S).*)*",
    re.MULTILINE,
)
_LONG_NUMBER = re.compile(r"(?<![\w.])(\d{3})\d{4,}([\dXx]{2})(?!\w)")


def redacted(text: str) -> str:
    """Return an error's text without passwords, without the rows that a server quotes, with long numbers masked."""
    text = _PASSWORD.sub(lambda m: f"{m[1]}***@" if m[1] else f"{m[2]}***", text)
    text = _DETAIL.sub(r"\1\2: ***", text)
    return _LONG_NUMBER.sub(r"\1****\2", text)
