"""The window's commands, said once: the menus, 新建 and the search all offer these."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """What a clerk may ask of the window: its title, its name (``page.command`` or the window's own), its key.

    ``letters`` are the pinyin initials under which the search finds it.
    """

    title: str
    name: str
    letters: str
    keys: str = ""


NEW = (
    Command("登记案件", "cases.enter", "djaj"),
    Command("粘贴通知登记…", "enter_from_text", "zttzdj", "Ctrl+Shift+V"),
    Command("发起会商", "consultations.enter", "fqhs"),
    Command("新增顾问", "roster.enter", "xzgw"),
    Command("新增单位", "agencies.enter", "xzdw"),
    Command("登记履职", "agencies.log_services", "djlz"),
)

MENUS = (
    (
        "文件(&F)",
        (
            Command("导入名册…", "roster.import_sheet", "drmc"),
            Command("导出名册…", "roster.export", "dcmc"),
            Command("导出案件…", "cases.export", "dcaj"),
            Command("导出分派清单…", "cases.export_assignments", "dcfpqd"),
        ),
    ),
    (
        "工具(&T)",
        (
            Command("回收站…", "show_bin", "hsz"),
            Command("操作记录…", "show_history", "czjl"),
            Command("节假日安排…", "show_calendar", "jjrap"),
            Command("管辖规则…", "show_jurisdiction", "gxgz"),
            Command("立即备份", "back_up", "ljbf"),
            Command("从备份恢复…", "show_copies", "cbfhf"),
            Command("设置…", "show_settings", "sz"),
            Command("清除示例数据…", "clear_demo", "qcslsj"),
        ),
    ),
    ("帮助(&H)", (Command("快捷键", "show_help", "kjj", "F1"),)),
)

SHORTCUTS = (
    Command("覆盖缺口", "agencies.show_gaps", "fgqk"),
    Command("发催办函", "agencies.urge", "fcbh"),
    Command("案件分派情况报表", "reports.show_assignments", "ajfpqkbb"),
    Command("顾问名册", "reports.show_roster", "gwmc"),
    Command("年度履职档案", "reports.show_annual", "ndlzda"),
    Command("续聘名单", "reports.show_renewals", "xpmd"),
    Command("公职律师名册", "show_public_lawyers", "gzlsmc"),
)
"""What stands in no menu, since a page shows it; the search leads there."""


def matching(typed: str) -> list[Command]:
    """Return the commands whose title holds what was typed, or whose letters begin with it."""
    word = typed.strip().casefold()
    every = (*NEW, *(command for _, menu in MENUS for command in menu), *SHORTCUTS)
    return [c for c in every if word in c.title.casefold() or c.letters.startswith(word)]
