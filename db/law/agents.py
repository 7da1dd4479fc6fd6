"""How many may act for a party, and who must stand beside the lawyers."""

MAX_AGENTS = 2


def agent_problem(acting: int, adding: int) -> str | None:
    """Say that a party would have more than two agents (行政诉讼法第三十一条第一款), or ``None``."""
    if acting + adding <= MAX_AGENTS:
        return None
    if acting == 0:
        return f"同一当事人最多委托两名代理人（行政诉讼法第三十一条），现为 {adding} 名。"
    return (
        f"同一当事人最多委托两名代理人（行政诉讼法第三十一条），已有 {acting} 名，再加 {adding} 名就超出了。"
    )


def attendance_problem(*, head_attends: bool, lawyers: int, own_staff: int) -> str | None:
    """Say that lawyers would stand alone in court, or ``None``.

    行政诉讼法第三条第三款: a head who cannot attend sends staff; 适用解释第一百二十八条第二款: 不得仅委托律师出庭.
    """
    if head_attends or lawyers == 0 or own_staff > 0:
        return None
    return "负责人不出庭的，应当委托本机关相应的工作人员出庭，不得仅委托律师（适用解释第一百二十八条）。"


def lawyers_only_problem(*, head_attends: bool, lawyers: int) -> str | None:
    """Say that lawyers would take both places while the head stays away, or ``None``.

    适用解释第一百二十八条第二款: one of the two places belongs to the agency's own staff then.
    """
    if head_attends or lawyers < MAX_AGENTS:
        return None
    return (
        "负责人不出庭的，应当委托本机关相应的工作人员出庭，不得仅委托律师（适用解释第一百二十八条）。"
        "请只选一名律师，另一名由单位工作人员担任。"
    )
