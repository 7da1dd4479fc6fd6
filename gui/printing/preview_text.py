"""What is said of fields without a value before a paper is printed."""

from collections.abc import Sequence

LISTED = 6  # missing fields that are said one by one
NAMED = 3  # people who are named for a field; more are counted


def missing_text(missing: Sequence[str]) -> str:
    """Return what to say about fields without a value, each as 姓名：字段; many are said field by field."""
    if not missing:
        return ""
    head = f"有 {len(missing)} 处没有填写，打印后留空："
    if len(missing) <= LISTED:
        return "\n".join([head, *missing])
    names: dict[str, list[str]] = {}
    for name, _, what in (text.rpartition("：") for text in missing):
        names.setdefault(what, []).append(name)
    return "\n".join([head, *(f"{what}：{_named(who)}" for what, who in names.items())])


def _named(who: Sequence[str]) -> str:
    if not any(who):  # papers that are nobody's, such as letters
        return f"{len(who)} 处"
    return "、".join(who[:NAMED]) + (f"等 {len(who)} 人" if len(who) > NAMED else "")
