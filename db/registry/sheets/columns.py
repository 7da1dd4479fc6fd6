"""The columns of a registry of public lawyers, and what its words say."""

import re

from db.exchange.sheet import AGENCY_LINE, Field, Form
from db.registry.rules.public_lawyers import CertificateState
from db.words.public_lawyer import AnnualResult, CertificateEnd

FIELDS = (
    Field("name", "姓名", ("公职律师姓名", "律师姓名", "公职律师", "名字"), required=True, personal=True),
    Field("sex", "性别"),
    Field(
        "agency",
        "所在单位",
        ("单位", "工作单位", "单位名称", "任职单位", "所属单位", "执业机构", "执业单位"),
        required=True,
        personal=True,
        shared=True,
    ),
    Field("department", "内设机构", ("部门", "科室", "处室", "所在部门")),
    Field("post", "职务", ("职务职级", "职级", "岗位")),
    Field("posted_on", "任职日期", ("到任日期", "任职时间", "入职日期")),
    Field(
        "licence",
        "公职律师证号",
        (
            "证号",
            "执业证号",
            "律师证号",
            "公职律师证",
            "公职律师证书号",
            "证书编号",
            "工作证号",
            "律师执业证号",
        ),
        personal=True,
    ),
    Field(
        "valid_from",
        "有效期起",
        ("发证日期", "颁证日期", "领证日期", "证书日期", "颁发日期", "发证时间", "颁证时间"),
    ),
    Field("valid_to", "有效期止", ("证书到期日", "到期日期", "有效期至", "证书有效期止")),
    Field("valid", "证书有效期", ("有效期", "有效期限", "证书有效期限")),
    Field("issuer", "发证机关", ("颁证机关", "颁发机关", "发证单位")),
    Field(
        "qualification",
        "法律职业资格证号",
        ("资格证号", "法律职业资格证书号", "职业资格证号", "律师资格证号", "法考证号"),
        personal=True,
    ),
    Field("qualified_on", "取得资格日期", ("资格取得日期", "取得法律职业资格日期", "资格证日期")),
    Field("phone", "联系电话", ("手机", "手机号", "手机号码", "电话", "联系方式"), personal=True),
    Field("id_number", "身份证号", ("身份证", "身份证号码", "公民身份号码"), personal=True),
    Field("politics", "政治面貌", ("党派",)),
    Field("specialities", "专业领域", ("擅长领域", "专长", "擅长", "业务专长", "专业特长")),
    Field("capacity", "统筹上限", ("统筹单位上限",)),
    Field("assessed", "年度考核", ("最近年度考核", "年度考核结果", "考核结果", "考核情况")),
    Field("state", "状态", ("证书状态", "在岗状态")),
    Field("note", "备注", ("说明", "其他"), prose=True),
)
FORM = Form(
    "public_lawyers",
    "公职律师名册",
    FIELDS,
    noun="人员",
    unit="人",
    heads=("姓名", "导入后", "专业领域"),
    section=("agency", AGENCY_LINE),
    prefix="public_lawyers:",
)


ENDED = frozenset({end.value for end in CertificateEnd if end is not CertificateEnd.OTHER}) | {
    CertificateState.ENDED.value,
    CertificateState.NONE.value,
}
"""What a list says of somebody whose certificate is no longer valid before its last day."""
ASSESSED = re.compile(
    rf"(\d{{4}})\s*年?度?\s*[:：]?\s*({'|'.join(sorted(AnnualResult, key=len, reverse=True))})"
)
"""2025 称职, or 2025年度：称职."""
