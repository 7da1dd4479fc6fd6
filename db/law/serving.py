"""When a paper counts as served on somebody, and when one of ours counts as handed in."""

from datetime import date, timedelta

from db.words.case import SendMethod

NOTICE_DAYS = 30
"""公告送达: 自发出公告之日起，经过三十日，即视为送达 (民事诉讼法第九十五条)."""

PROOF = {
    SendMethod.POST: "邮件号和交邮收据（以邮戳日期为准）",
    SendMethod.DIRECT: "签收人姓名或者盖章的回执",
    SendMethod.ELECTRONIC: "系统的提交成功回执",
    SendMethod.NOTICE: "公告的报样或者网页截图",
    SendMethod.LEFT: "见证人签名或者拍照、录像记录",
}


def served_on(method: SendMethod, on: date) -> date:
    """Return the day on which a paper counts as served.

    ``on`` is the day of signing (直接), of the return receipt (邮寄, 民事诉讼法第九十一条), of arrival in the system
    (电子, 第九十条第二款), of leaving it with a witness or a record (留置, 第八十九条), of publication (公告).
    """
    return on + timedelta(days=NOTICE_DAYS) if method is SendMethod.NOTICE else on


def is_in_time(due: date, method: SendMethod, sent_on: date, arrived_on: date | None = None) -> bool:
    """Say whether a paper of ours was handed in by the last day, ``due``.

    期间不包括在途时间，诉讼文书在期满前交邮的，视为在期限内发送 (适用解释第四十八条第四款): posted, the postmark decides;
    otherwise the day it arrived, which is the day it was sent unless another is known.
    """
    if method is SendMethod.POST:
        return sent_on <= due
    return (arrived_on or sent_on) <= due


def proof_problem(method: SendMethod, proof: str) -> str | None:
    """Ask for what proves that a paper was handed in, or ``None`` where it is noted."""
    return None if proof.strip() else f"请填写{PROOF[method]}，以备证明按期提交。"
