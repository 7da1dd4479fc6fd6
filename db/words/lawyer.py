"""The words in which the pool's records are kept; the values of Chinese ones are what the screen shows."""

from enum import StrEnum


class LicenceState(StrEnum):
    """Whether the practising licence may be used (律师法第十三条、第四十七条至第四十九条)."""

    VALID = "正常执业"
    SUSPENDED = "停止执业"
    MOVING = "变更执业机构中"
    CANCELLED = "注销"
    REVOKED = "吊销"


class UnitKind(StrEnum):
    """What sort of unit somebody works or worked for."""

    COURT = "法院"
    PROCURATORATE = "检察院"
    AGENCY = "行政机关"
    OTHER = "其他单位"


class Rank(StrEnum):
    """A former judge's, prosecutor's or official's rank as far as bans depend on it (司发通〔2021〕61号第四条)."""

    LEADER = "院领导或县处级以上领导"
    SENIOR = "四级高级法官、检察官及以上"
    JUDGE = "其他法官、检察官"
    STAFF = "其他工作人员"


class Leaving(StrEnum):
    """How somebody left a post."""

    RESIGNED = "辞去公职"
    TRANSFERRED = "调离"
    RETIRED = "退休"
    DISMISSED = "辞退"
    EXPELLED = "开除"
    OTHER = "其他"


class Relation(StrEnum):
    """A close relative (适用解释第十四条)."""

    SPOUSE = "配偶"
    PARENT = "父母"
    CHILD = "子女"
    SIBLING = "兄弟姐妹"
    GRANDPARENT = "祖父母、外祖父母"
    GRANDCHILD = "孙子女、外孙子女"
    DEPENDANT = "其他扶养、赡养关系"


class OfficeKind(StrEnum):
    """A public office beside the practice (律师法第十一条)."""

    STANDING_COMMITTEE = "人大常委会组成人员"
    DEPUTY = "人大代表"
    CPPCC = "政协委员"
    OFFICIAL = "公务员"
    ARBITRATOR = "仲裁员"
    COMMITTEE = "行政复议委员会委员"
    OTHER = "其他"


class DisciplineKind(StrEnum):
    """What somebody was disciplined with."""

    ADMINISTRATIVE = "行政处罚"
    ASSOCIATION = "行业处分"
    PARTY = "党纪政务处分"
    CRIMINAL = "刑事处罚"


class CheckResult(StrEnum):
    """The result of the yearly 律师年度考核."""

    COMPETENT = "称职"
    BASIC = "基本称职"
    INCOMPETENT = "不称职"
    ABSENT = "未参加考核"


class SuspensionKind(StrEnum):
    """Why a lawyer of the pool is not to be recommended for a while."""

    LEAVE = "请假"
    CONFLICT = "利益冲突"
    ILLNESS = "疾病"
    LICENCE = "停止执业"
    OTHER = "其他"


class DismissalKind(StrEnum):
    """Grounds of dismissal (解聘事由); the list is the office's own, after 中办发〔2016〕30号."""

    RESIGNED = "本人辞聘"
    LICENCE_LOST = "执业证被吊销或注销"
    PUNISHED = "受处罚或处分"
    SECRETS = "泄露秘密"
    CONFLICT = "利益冲突"
    IDLE = "多次不履行职责"
    INCOMPETENT = "年度考核不称职"
    TITLE_MISUSED = "以顾问身份牟利"
    OTHER = "其他"


class ChangeKind(StrEnum):
    """A change of the pool that is to be filed (变动备案)."""

    APPOINTED = "聘任"
    RENEWED = "续聘"
    SUSPENDED = "暂停承办"
    REINSTATED = "恢复承办"
    DISMISSED = "解聘"
