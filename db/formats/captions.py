"""What the fields of records are called on the screen, for what is said of one of them without its form."""

CAPTIONS = {
    "absence_note": "不能出庭的说明", "act": "行政行为", "act_number": "文书号", "address": "地址",
    "addressee": "受送达人", "adoption_reason": "采纳情况说明", "answer": "答复", "answer_reason": "答复理由",
    "area": "区域", "arrived_at": "签到时间", "article": "条文", "asked": "办理要求", "assessor": "考核人",
    "at_time": "时间", "basis": "依据", "body": "单位", "by": "作出单位或人", "cancel_reason": "取消原因",
    "cause_text": "案由", "certificate": "聘书编号", "clerk": "经办人", "client": "顾问单位", "code": "代码",
    "comment": "评语", "conclusion": "研判结论", "contact": "联系人", "content": "内容", "court": "法院",
    "court_reason": "选择法院的理由", "department": "部门", "difficult_reason": "重大疑难的理由",
    "done_evidence": "办结凭据", "education": "学历", "email": "电子邮箱", "end_paper": "撤并文件",
    "end_reason": "终止原因", "evidence": "凭据", "extended_reason": "延长理由", "fact": "事实", "facts": "基本案情",
    "field": "管理领域", "findings": "核对结果", "firm_name": "律师事务所", "fixed_reason": "改定理由",
    "fixed_source": "改定依据", "grounds": "提请理由", "handover": "交接说明", "head": "负责人", "host": "主持人",
    "id_number": "身份证号", "identity": "证件号码", "issuer": "发证机关", "kind": "类别", "label": "操作名称",
    "lawyers": "律师", "level": "级别", "liaison_post": "联络员职务", "licence": "执业证号", "matter": "事项",
    "name": "名称", "names": "人员", "note": "备注", "number": "编号", "opinion": "意见", "paper": "文件",
    "person": "人员", "phone": "联系电话", "politics": "政治面貌", "position": "职务", "post": "职务",
    "proposal": "建议", "provider": "提供方", "qualification": "资格证号", "reason": "理由", "receipt": "回执",
    "recorder": "记录人", "representative": "代表人", "result": "结果", "scope": "服务范围", "sentence": "说明",
    "sex": "性别", "short_name": "简称", "signer": "签发人", "source": "来源", "specialities": "专业领域",
    "speciality": "专业领域", "staff": "工作人员", "task": "议定事项", "text": "文字", "title": "标题",
    "topic": "议题", "unit": "单位", "until_time": "结束时间", "uscc": "统一社会信用代码", "value": "设置",
    "venue": "地点", "words": "关键词",
}  # fmt: skip
"""Name of the column -> its caption, where it is the same, or near enough, in all records."""
