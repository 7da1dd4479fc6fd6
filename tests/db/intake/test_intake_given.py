"""Papers and messages as clerks paste them, each with what is right; people, firms and numbers are invented (示例)."""

import csv
from datetime import date
from pathlib import Path

import pytest

from db.formats.numbers import normalise_case_number
from db.formats.recognise.agencies import AgencyRecogniser, KnownAgency
from db.intake.rules import read_text

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 30)
with (ROOT / "resources" / "data" / "agencies.csv").open(encoding="utf-8", newline="") as lines:
    KNOWN = AgencyRecogniser(
        KnownAgency(at, row["name"], row["short_name"]) for at, row in enumerate(csv.DictReader(lines))
    )
WRAPPED = sorted((ROOT / "tests" / "data" / "intake").glob("*.txt"))


def read(text, today=TODAY):
    return read_text(text, today, KNOWN)


def said(text, today=TODAY):
    """Return everything proposed, by field."""
    found = {}
    for f in read(text, today).found:
        found.setdefault(f.field, []).append(f.value)
    return found


CASES = [
    # the 和 of a name joins nobody
    (
        "（2026）浙0825行初180号\n原告：周建新，男。\n被告：衢州市柯城区住房和城乡建设局。\n案由：行政处罚",
        {"defendant": ["衢州市柯城区住房和城乡建设局"], "plaintiff": ["周建新"], "cause": ["行政处罚"]},
    ),
    (
        "原告：周建新\n被告：衢州市柯城区住房和城乡建设局和衢州市柯城区发展和改革局、衢州市柯城区教育局",
        {
            "defendant": [
                "衢州市柯城区住房和城乡建设局",
                "衢州市柯城区发展和改革局",
                "衢州市柯城区教育局",
            ]
        },
    ),
    ("原告：周建新和方建华，被告：区教育局及区民政局", {"plaintiff": ["周建新", "方建华"]}),
    # what the court tells is nobody's name
    (
        "本院受理周建新诉衢州市柯城区水利局行政处罚一案。",
        {"plaintiff": ["周建新"], "defendant": ["衢州市柯城区水利局"], "cause": ["行政处罚"]},
    ),
    (
        "本院于2026年11月20日立案受理了周建新诉衢州市柯城区水利局行政处罚一案。",
        {"plaintiff": ["周建新"], "filed_on": ["2026-11-20"]},
    ),
    ("现将我院审理的周建新诉衢州市柯城区水利局行政处罚一案", {"plaintiff": ["周建新"]}),
    ("关于祝金花诉柯城区石梁镇人民政府不履行法定职责一案", {"plaintiff": ["祝金花"]}),
    # both defendants after a reconsideration that upheld (行政诉讼法第二十六条第二款)
    (
        (
            "原告周建新不服被告衢州市公安局柯城分局作出的行政处罚决定及被告衢州市柯城区人民政府作出的行政复议决定，"
            "向本院提起行政诉讼。"
        ),
        {"defendant": ["衢州市公安局柯城分局", "衢州市柯城区人民政府"], "plaintiff": ["周建新"]},
    ),
    (
        "衢州市公安局柯城分局、衢州市柯城区人民政府：\n本院受理原告周建新诉你们行政处罚及行政复议一案",
        {"defendant": ["衢州市公安局柯城分局", "衢州市柯城区人民政府"]},
    ),
    # 申请人…对你局
    (
        (
            "柯城区人民政府行政复议办公室\n行政复议答复通知书\n柯政复〔2026〕156号\n衢州市柯城区市场监督管理局：\n"
            "　　申请人衢州味鲜餐饮管理有限公司（统一社会信用代码：91330802MA29XXXXXX）对你局作出的柯市监处罚〔2026〕88号行政处罚"
            "决定不服，向本机关申请行政复议，本机关已于2026年11月24日予以受理（适用普通程序）。"
        ),
        {
            "plaintiff": ["衢州味鲜餐饮管理有限公司"],
            "defendant": ["衢州市柯城区市场监督管理局"],
            "filed_on": ["2026-11-24"],
            "number": ["柯政复〔2026〕156号"],
        },
    ),
    # the judgment complained of
    (
        "（2026）浙行申512号 再审申请人汪建平不服本院（2025）浙行终876号行政判决，向本院申请再审。",
        {"number": ["（2026）浙行申512号"], "previous_number": ["（2025）浙行终876号"]},
    ),
    (
        "（2026）浙0825行初9号 原告周建新不服柯政复〔2026〕12号行政复议决定，诉被告衢州市柯城区水利局行政处罚一案",
        {"number": ["（2026）浙0825行初9号"], "previous_number": ["柯政复〔2026〕12号"]},
    ),
    # numbers as chats and scanners write them
    ("案号2026浙0825行初99号", {"number": ["（2026）浙0825行初99号"]}),
    ("【2026】浙0825行初99号", {"number": ["（2026）浙0825行初99号"]}),
    ("（2026）浙0825行初第99号", {"number": ["（2026）浙0825行初99号"]}),
    ("( 2026 ) 浙 0825 行初 099 号", {"number": ["（2026）浙0825行初99号"]}),
    ("（2026）浙0825行初150、151、152号", {"number": [f"（2026）浙0825行初{n}号" for n in (150, 151, 152)]}),
    ("2026浙0825行初150号、151号和152号", {"number": [f"（2026）浙0825行初{n}号" for n in (150, 151, 152)]}),
    ("（2026）浙0825行初150-152号", {"number": [f"（2026）浙0825行初{n}号" for n in (150, 151, 152)]}),
    ("（2026）浙0825行初150号至152号", {"number": [f"（2026）浙0825行初{n}号" for n in (150, 151, 152)]}),
    # 你处, 你委, 你局, 你院
    *(
        (
            (
                f"衢州市柯城区人民政府白云街道办事处：\n本院受理原告柴水英诉{you}行政赔偿一案[案号：(2026)浙0825行赔初9号]，"
                "现送达起诉状副本。开庭时间另行通知。\n浙江省龙游县人民法院\n2026年11月24日"
            ),
            {
                "defendant": ["衢州市柯城区人民政府白云街道办事处"],
                "plaintiff": ["柴水英"],
                "number": ["（2026）浙0825行赔初9号"],
                "cause": ["行政赔偿"],
            },
        )
        for you in ("你处", "你委", "你局", "你院", "你街道", "贵单位", "你单位", "你办")
    ),
    # 被告一, 被告二; the house of the plaintiff is no party
    (
        (
            "行政起诉状\n原告：杨阿根，男，汉族，1958年3月12日出生，住衢州市柯城区航埠镇某村，公民身份号码3308xxxx，联系电话138xxxx。\n"
            "委托诉讼代理人：方律师，浙江某某律师事务所律师。\n被告一：衢州市柯城区航埠镇人民政府，住所地航埠镇。\n"
            "法定代表人：某某，镇长。\n被告二：衢州市柯城区综合行政执法局。\n第三人：杨水根，男，1962年5月1日出生。\n"
            "诉讼请求：一、确认二被告2026年9月8日强制拆除原告房屋的行为违法；二、赔偿损失30万元。\n此致\n龙游县人民法院\n"
            "具状人：杨阿根\n2026年11月2日"
        ),
        {
            "plaintiff": ["杨阿根"],
            "defendant": ["衢州市柯城区航埠镇人民政府", "衢州市柯城区综合行政执法局"],
            "third": ["杨水根"],
            "court": ["龙游县人民法院"],
        },
    ),
    # whoever stands in by law is neither plaintiff nor agent
    (
        (
            "原告：王小某（未成年）\n法定代理人：王大明，系王小某父亲\n委托诉讼代理人：李律，浙江示例律师事务所律师\n"
            "被告：衢州市柯城区教育局"
        ),
        {"plaintiff": ["王小某"], "agent": ["李律"], "defendant": ["衢州市柯城区教育局"]},
    ),
    (
        "原告王小某，法定代理人王大明（系原告之父），诉被告衢州市柯城区教育局教育行政管理一案，本院已立案。",
        {"plaintiff": ["王小某"], "defendant": ["衢州市柯城区教育局"], "cause": ["教育行政管理"]},
    ),
    # a form copied with tabs, with blanks, or cell by cell
    *(
        (
            (
                f"浙江省龙游县人民法院\n传　　票\n案    号{tab}（2026）浙0825行初101号\n案    由{tab}其他行政行为\n"
                f"被传唤人{tab}衢州市柯城区石梁镇人民政府\n住    所{tab}衢州市柯城区石梁镇\n传唤事由{tab}开庭\n"
                f"应到时间{tab}2026年12月22日9时0分\n应到处所{tab}第十审判庭\n注意事项：\n1.被传唤人必须准时到达应到处所。\n"
                "审判员　　周某　　书记员　　吴某\n2026年11月25日"
            ),
            {
                "cause": ["其他行政行为"],
                "hearing_place": ["第十审判庭"],
                "hearing_on": ["2026-12-22"],
                "hearing_time": ["09:00"],
                "defendant": ["衢州市柯城区石梁镇人民政府"],
                "paper": ["传票"],
            },
        )
        for tab in ("\t", "    ", "\n", " | ", "：", "\t\t")
    ),
    (
        "案号\t（2026）浙0825行初101号\t案由\t行政处罚\n原告\t周建新\t被告\t衢州市柯城区水利局",
        {
            "number": ["（2026）浙0825行初101号"],
            "cause": ["行政处罚"],
            "plaintiff": ["周建新"],
            "defendant": ["衢州市柯城区水利局"],
        },
    ),
    # sides of a retrial and of an appeal, by what each was before
    (
        "再审申请人衢州市柯城区民政局因与被申请人徐国良民政行政给付一案，不服浙江省高级人民法院（2025）浙行终876号行政判决。",
        {"plaintiff": ["徐国良"], "defendant": ["衢州市柯城区民政局"], "cause": ["民政行政给付"]},
    ),
    (
        "上诉人（原审原告）：周建新，男\n被上诉人（原审被告）：衢州市柯城区水利局\n原审第三人：杨水根",
        {"plaintiff": ["周建新"], "defendant": ["衢州市柯城区水利局"], "third": ["杨水根"]},
    ),
    (
        "本院在审理原告李建华、王丽与被告衢州市柯城区教育局、衢州市柯城区人民政府，第三人衢州新程培训学校有限公司教育行政许可一案中",
        {
            "plaintiff": ["李建华", "王丽"],
            "defendant": ["衢州市柯城区教育局", "衢州市柯城区人民政府"],
            "third": ["衢州新程培训学校有限公司"],
        },
    ),
    (
        "原告杨水根诉被告柯城区航埠镇人民政府、浙江示例建设有限公司确认行政行为违法一案",
        {"defendant": ["柯城区航埠镇人民政府", "浙江示例建设有限公司"], "cause": ["确认行政行为违法"]},
    ),
    (
        "本院依法受理了衢州阳光（衢江）置业有限公司与衢州市自然资源和规划局柯城分局土地行政协议纠纷一案",
        {
            "plaintiff": ["衢州阳光（衢江）置业有限公司"],
            "defendant": ["衢州市自然资源和规划局柯城分局"],
            "cause": ["土地行政协议"],
        },
    ),
    (
        "公益诉讼起诉人龙游县人民检察院诉衢州市柯城区水利局不履行法定职责一案",
        {"plaintiff": ["龙游县人民检察院"], "defendant": ["衢州市柯城区水利局"]},
    ),
    (
        "各位：柯城区住建局、资规分局被诉的（2026）浙0825行初200号（原告：叶春兰）12月8日（周二）下午2点半在龙游法院三楼第五法庭开庭。",
        {
            "defendant": ["柯城区住建局", "资规分局"],
            "plaintiff": ["叶春兰"],
            "hearing_on": ["2026-12-08"],
            "hearing_time": ["14:30"],
        },
    ),
    # the head of a judgment has no colons
    (
        (
            "衢州市柯城区人民法院\n行 政 判 决 书\n（2026）浙0802行初12号\n原告张三，男，1970年1月1日出生，住浙江省衢州市柯城区。\n"
            "委托诉讼代理人李四，浙江示例律师事务所律师。\n被告衢州市柯城区住房和城乡建设局，住所地浙江省衢州市。\n"
            "第三人衢州示例置业有限公司，住所地衢州市。\n原告张三诉被告衢州市柯城区住房和城乡建设局房屋行政登记一案，"
            "本院于2026年9月1日立案后，依法适用普通程序公开开庭进行了审理。判决如下：\n一、撤销被告于2026年3月1日作出的行政处罚决定；\n"
            "二、责令被告在六十日内重新作出行政行为。\n二〇二六年十一月十六日\n书记员郑某"
        ),
        {
            "plaintiff": ["张三"],
            "defendant": ["衢州市柯城区住房和城乡建设局"],
            "third": ["衢州示例置业有限公司"],
            "outcome": ["判决撤销并责令重作"],
            "judged_on": ["2026-11-16"],
            "cause": ["房屋行政登记"],
            "paper": ["判决书"],
        },
    ),
    (
        (
            "浙江省高级人民法院\n行政裁定书\n（2026）浙行申512号\n再审申请人（一审原告、二审上诉人）汪建平，男。\n"
            "被申请人（一审被告、二审被上诉人）衢州市柯城区水利局，住所地衢州市。\n裁定如下：\n驳回汪建平的再审申请。\n二〇二六年十一月二十三日"
        ),
        {"plaintiff": ["汪建平"], "defendant": ["衢州市柯城区水利局"], "outcome": ["驳回再审申请"]},
    ),
    # the paper speaks to one of the parties
    (
        (
            "开庭通知\n衢州市柯城区应急管理局：\n你单位与王某行政处罚一案（（2026）浙0825行初66号），本院定于2026年12月18日"
            "（星期五）上午9时00分，在龙游县人民法院第六审判庭公开开庭审理。"
        ),
        {"plaintiff": ["王某"], "defendant": ["衢州市柯城区应急管理局"], "hearing_time": ["09:00"]},
    ),
    (
        "龙游县人民法院受理通知书\n（2026）浙0825行初210号\n徐国良：\n你诉衢州市柯城区教育局信息公开一案，本院已于2026年11月25日立案受理。",
        {"plaintiff": ["徐国良"], "defendant": ["衢州市柯城区教育局"], "filed_on": ["2026-11-25"]},
    ),
    (
        "赔偿请求人方建华，赔偿义务机关衢州市柯城区航埠镇人民政府，（2026）浙0825行赔初3号",
        {"plaintiff": ["方建华"], "defendant": ["衢州市柯城区航埠镇人民政府"]},
    ),
    (
        "原告：李建国等15人（名单附后）\n被告：衢州市柯城区人民政府、衢州市柯城区人民政府双港街道办事处",
        {
            "plaintiff": ["李建国"],
            "defendant": ["衢州市柯城区人民政府", "衢州市柯城区人民政府双港街道办事处"],
        },
    ),
    # nobody is made up
    ("被告应诉，原告应当到庭，房屋已经拆除。转发：龙游县有关单位", {}),
    ("原告主张被告应当赔偿。原告认为程序违法，原告房屋已经拆除。", {}),
    ("根据《最高人民法院关于适用行政诉讼法的解释》第四十八条的规定，请准时到庭。", {}),
]


@pytest.mark.parametrize(("text", "right"), CASES, ids=[text[:24] for text, _ in CASES])
def test_a_paper_is_read_right(text, right):
    found = said(text)
    if right:
        assert {field: found.get(field, []) for field in right} == right
    else:
        assert found == {}


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("定于2026年12月16日上午九时三十分在本院第三审判庭开庭", "09:30"),
        ("周三（12月9日）下午两点半开庭", "14:30"),
        ("12月9日下午三点一刻开庭", "15:15"),
        ("12月9日十四时开庭", "14:00"),
        ("12月9日上午十点零五分开庭", "10:05"),
        ("12月9日9时5分开庭", "09:05"),
        ("12月9日下午2点30开庭", "14:30"),
        ("开庭时间：2026年12月9日14：30", "14:30"),
        ("定于二〇二六年十二月九日下午二时整公开审理", "14:00"),
    ],
)
def test_times_are_read_as_they_are_written_and_spoken(words, time):
    assert said(words)["hearing_time"] == [time]


def test_a_last_day_that_is_past_stays_in_its_year_and_warns():
    text = "案号（2026）浙0825行初88号，11月12日收到应诉通知书，举证期限到11月27日，12月15日上午9点开庭。"
    found = read(text)
    assert found.value("answer_due") == "2026-11-27"
    assert "已逾期 3 天" in found.first("answer_due").note
    assert found.value("hearing_on") == "2026-12-15"
    assert read(text, date(2027, 1, 4)).value("answer_due") == "2026-11-27"
    december = "12月25日收到应诉通知书，举证期限到1月9日，1月20日开庭。"
    at_new_year = read(december, date(2026, 12, 28))
    assert [at_new_year.value(f) for f in ("received_on", "answer_due", "hearing_on")] == [
        "2026-12-25",
        "2027-01-09",
        "2027-01-20",
    ]


@pytest.mark.parametrize(
    ("words", "on", "note"),
    [
        ("11月27日上午9点开庭", "2026-11-27", "已过 3 天"),
        ("1月6日上午9点开庭", "2027-01-06", "没有写年份"),
        ("12月9日（周三）开庭", "2026-12-09", "没有写年份"),
        ("12月9日（周四）开庭", "2027-12-09", "没有写年份"),
        ("2026年12月9日（星期四）开庭", "2026-12-09", "原文写周四，按日历是周三"),
    ],
)
def test_the_year_of_a_day_is_the_likely_one_and_doubt_is_said(words, on, note):
    found = read(words).first("hearing_on")
    assert (found.value, note in found.note) == (on, True)


def test_of_several_days_the_one_for_which_the_hearing_is_fixed_counts():
    moved = (
        "原定2026年12月22日上午9:30的庭审因故取消，改期至2026年12月29日下午14:00在第二法庭开庭，请相互转告。"
    )
    assert said(moved) == {
        "hearing_on": ["2026-12-29"],
        "hearing_time": ["14:00"],
        "hearing_place": ["第二法庭"],
    }
    both = "定于12月22日上午9:30开庭，请于12月10日前将答辩材料交来。"
    assert said(both)["hearing_on"] == ["2026-12-22"]
    assert said(both)["answer_due"] == ["2026-12-10"]


RIGHT = {
    "04": {
        "plaintiff": ["王小梅", "方建华", "徐国良"],
        "defendant": ["衢州市柯城区人民政府花园街道办事处"],
        "cause": ["不履行房屋拆迁安置补偿法定职责"],
        "number": ["（2026）浙0825行初121号"],
    },
    "07": {
        "plaintiff": ["严志强"],
        "defendant": ["衢州市柯城区综合行政执法局"],
        "number": ["（2026）浙08行终77号"],
        "previous_number": ["（2026）浙0825行初45号"],
        "court": ["浙江省衢州市中级人民法院"],
        "filed_on": ["2026-11-23"],
    },
    "13": {
        "plaintiff": ["祝金花"],
        "defendant": ["衢州市柯城区石梁镇人民政府"],
        "court": ["浙江省龙游县人民法院"],
        "hearing_on": ["2026-12-22"],
        "hearing_time": ["09:30"],
        "hearing_place": ["本院第十审判庭"],
    },
    "16": {
        "plaintiff": ["阿卜杜热依木·买买提"],
        "defendant": ["衢州市公安局柯城分局"],
        "number": ["（2026）浙0825行初144号"],
        "filed_on": ["2026-11-26"],
    },
    "18": {
        "number": ["（2026）浙0825行初101号"],
        "hearing_on": ["2026-12-29"],
        "hearing_time": ["14:00"],
        "hearing_place": ["第二法庭"],
    },
    "21": {
        "defendant": ["衢州市自然资源和规划局柯城分局"],
        "plaintiff": ["衢州宏达机械有限公司"],
        "filed_on": ["2026-11-16"],
        "procedure": ["非诉执行"],
    },
    "23": {
        "plaintiff": ["周雅"],
        "defendant": ["衢州市柯城区卫生健康局"],
        "cause": ["不予立案监督"],
        "answer_due": ["2026-12-10"],
        "hearing_on": ["2026-12-17"],
        "hearing_time": ["09:00"],
        "hearing_place": ["本院第4审判庭"],
        "track": ["简易程序"],
    },
}


@pytest.mark.parametrize("path", WRAPPED, ids=[path.name[:2] for path in WRAPPED])
def test_lines_broken_by_a_page_are_no_ends_of_sentences(path):
    text = path.read_text(encoding="utf-8")
    right = RIGHT[path.name[:2]]
    for given in (text, text.replace("\n", "\r\n")):
        found = said(given)
        assert {field: found.get(field) for field in right} == right
    for f in read(text).found:
        assert f.text == text[f.start : f.end]


def test_who_is_not_all_named_is_said():
    found = read("本院已受理原告王小梅、方建华、徐国良等12人诉衢州市柯城区水利局行政征收一案")
    assert found.values("plaintiff") == ("王小梅", "方建华", "徐国良")
    assert "原文写等12人，这里只列出 3 人，请补全" in found.first("plaintiff").note
    twelve = "、".join(f"{s}建华" for s in "王李张刘陈杨黄赵吴周徐孙")
    whole = read(f"本院已受理原告{twelve}等十二人诉衢州市柯城区水利局行政征收一案")
    assert (len(whole.values("plaintiff")), whole.first("plaintiff").note) == (12, "")


@pytest.mark.parametrize(
    "typed", ["2026浙0825行初99号", "【2026】浙0825行初99号", "（2026）浙0825行初第099号"]
)
def test_a_number_is_the_same_however_it_is_typed(typed):
    assert normalise_case_number(typed) == "（2026）浙0825行初99号"
