"""Consultations with their versions; public lawyers, sharing, contracts, names of agencies; kept drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _who_serves_agencies()
    _consultations()
    _columns()


def _who_serves_agencies() -> None:
    op.create_table(
        "kept_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=200), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("clerk", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kept_draft"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_kept_draft_form", "kept_draft", ["form", "record_id", "clerk"], unique=True)
    op.create_table(
        "public_lawyer",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("sex", sa.String(length=200), nullable=False),
        sa.Column("politics", sa.String(length=200), nullable=False),
        sa.Column("id_number", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("qualification", sa.String(length=200), nullable=False),
        sa.Column("qualified_on", sa.Date(), nullable=True),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("specialities", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name="name_given"),
        sa.PrimaryKeyConstraint("id", name="pk_public_lawyer"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_public_lawyer_sort_key", "public_lawyer", ["sort_key"], unique=False)
    op.create_index(
        "uq_public_lawyer_licence",
        "public_lawyer",
        ["licence"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "agency_contract",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("lawyers", sa.String(length=200), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("lawyer_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("fee", sa.Double(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(provider) <> ''", name="provider_given"),
        sa.CheckConstraint("fee IS NULL OR fee >= 0", name="fee_amount"),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="order"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_agency_contract_agency_id"),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name="fk_agency_contract_firm_id"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_agency_contract_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agency_contract"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agency_contract_agency_id", "agency_contract", ["agency_id"], unique=False)
    op.create_index("ix_agency_contract_firm_id", "agency_contract", ["firm_id"], unique=False)
    op.create_index("ix_agency_contract_lawyer_id", "agency_contract", ["lawyer_id"], unique=False)
    op.create_table(
        "agency_name",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("paper", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name="name_given"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_agency_name_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agency_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_agency_name_to_on", "agency_name", ["agency_id", "to_on"], unique=True)
    op.create_table(
        "certificate",
        sa.Column("public_lawyer_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "end_kind",
            sa.Enum(
                "注销",
                "收回",
                "调离公职",
                "退休",
                "其他",
                name="certificateend",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="order"),
        sa.ForeignKeyConstraint(
            ["public_lawyer_id"], ["public_lawyer.id"], name="fk_certificate_public_lawyer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_certificate_public_lawyer_id", "certificate", ["public_lawyer_id"], unique=False)
    op.create_table(
        "engagement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "应诉出庭",
                "合法性审查",
                "合同审查",
                "会商研判",
                "法律意见",
                "培训",
                "调解",
                "其他",
                name="servicekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("table_name", sa.String(length=200), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name="fk_engagement_agency_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_engagement"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_engagement_agency_id_kind_on_date", "engagement", ["agency_id", "kind", "on_date"], unique=False
    )
    op.create_index("ix_engagement_count", "engagement", ["on_date", "agency_id", "kind"], unique=False)
    op.create_index(
        "uq_engagement_record", "engagement", ["table_name", "record_id", "agency_id"], unique=True
    )
    op.create_table(
        "internal_adviser",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("qualification", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name="name_given"),
        sa.CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="order"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_internal_adviser_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_internal_adviser"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_internal_adviser_agency_id", "internal_adviser", ["agency_id"], unique=False)
    op.create_table(
        "posting",
        sa.Column("public_lawyer_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="order"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_posting_agency_id"),
        sa.ForeignKeyConstraint(
            ["public_lawyer_id"], ["public_lawyer.id"], name="fk_posting_public_lawyer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_posting"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posting_agency_id", "posting", ["agency_id"], unique=False)
    op.create_index("ix_posting_public_lawyer_id", "posting", ["public_lawyer_id"], unique=False)
    op.create_table(
        "public_lawyer_year",
        sa.Column("public_lawyer_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "优秀",
                "称职",
                "基本称职",
                "不称职",
                "未参加考核",
                name="annualresult",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["public_lawyer_id"], ["public_lawyer.id"], name="fk_public_lawyer_year_public_lawyer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_public_lawyer_year"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_public_lawyer_year_year", "public_lawyer_year", ["public_lawyer_id", "year"], unique=True
    )
    op.create_table(
        "sharing",
        sa.Column("public_lawyer_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("hours IS NULL OR hours >= 0", name="hours_count"),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="order"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_sharing_agency_id"),
        sa.ForeignKeyConstraint(
            ["public_lawyer_id"], ["public_lawyer.id"], name="fk_sharing_public_lawyer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sharing"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sharing_agency_id", "sharing", ["agency_id"], unique=False)
    op.create_index("ix_sharing_public_lawyer_id", "sharing", ["public_lawyer_id"], unique=False)


def _consultations() -> None:
    op.create_table(
        "consultation",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column(
            "secrecy",
            sa.Enum("内部资料", "工作秘密", "秘密", name="secrecy", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("at_time", sa.String(length=200), nullable=False),
        sa.Column("until_time", sa.String(length=200), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("recorder", sa.String(length=200), nullable=False),
        sa.Column("signer", sa.String(length=200), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column(
            "risk", sa.Enum("低", "中", "高", name="risk", native_enum=False, length=32), nullable=True
        ),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=200), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column(
            "adoption",
            sa.Enum("采纳", "部分采纳", "未采纳", name="adoption", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("adoption_reason", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(topic) <> ''", name="topic_given"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_consultation_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consultation"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consultation_agency_id", "consultation", ["agency_id"], unique=False)
    op.create_index("ix_consultation_held_on", "consultation", ["held_on"], unique=False)
    op.create_index("uq_consultation_number", "consultation", ["number"], unique=True)
    op.create_table(
        "consultation_case",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name="fk_consultation_case_case_id"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_consultation_case_consultation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consultation_case"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consultation_case_case_id", "consultation_case", ["case_id"], unique=False)
    op.create_index(
        "ix_consultation_case_consultation_id", "consultation_case", ["consultation_id"], unique=False
    )
    op.create_table(
        "consultation_draw",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(length=200), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("speciality", sa.String(length=200), nullable=False),
        sa.Column("pool", sa.JSON(), nullable=False),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.Column("drawn", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_consultation_draw_consultation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consultation_draw"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_consultation_draw_consultation_id", "consultation_draw", ["consultation_id"], unique=False
    )
    op.create_table(
        "consultation_member",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("lawyer_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "顾问",
                "外部专家",
                "法院人员",
                "单位人员",
                "本局人员",
                "其他人员",
                name="memberkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum("抽取", "指定", "按专业", "列席", name="memberorigin", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("参加", "请假", name="invitationanswer", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_reason", sa.String(length=200), nullable=False),
        sa.Column("arrived_at", sa.String(length=200), nullable=False),
        sa.Column("has_declared", sa.Boolean(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column(
            "adoption",
            sa.Enum("采纳", "部分采纳", "未采纳", name="adoption", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name="name_given"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_consultation_member_consultation_id"
        ),
        sa.ForeignKeyConstraint(["lawyer_id"], ["lawyer.id"], name="fk_consultation_member_lawyer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consultation_member"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_consultation_member_consultation_id", "consultation_member", ["consultation_id"], unique=False
    )
    op.create_index("ix_consultation_member_lawyer_id", "consultation_member", ["lawyer_id"], unique=False)
    op.create_table(
        "consultation_point",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "事实", "证据", "程序", "依据", "裁量", "其他", name="pointkind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_consultation_point_consultation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consultation_point"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_consultation_point_consultation_id", "consultation_point", ["consultation_id"], unique=False
    )
    op.create_table(
        "consultation_question",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_consultation_question_consultation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consultation_question"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_consultation_question_consultation_id", "consultation_question", ["consultation_id"], unique=False
    )
    op.create_table(
        "consultation_version",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("clerk", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_consultation_version_consultation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consultation_version"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_consultation_version_serial", "consultation_version", ["consultation_id", "serial"], unique=True
    )
    op.create_table(
        "follow_up",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_follow_up_agency_id"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_follow_up_consultation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_follow_up_agency_id", "follow_up", ["agency_id"], unique=False)
    op.create_index("ix_follow_up_consultation_id", "follow_up", ["consultation_id"], unique=False)
    op.create_index("ix_follow_up_open", "follow_up", ["done_on", "due_on"], unique=False)
    op.create_table(
        "consultation_opinion",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column(
            "stance",
            sa.Enum("同意", "保留", "不同意", name="stance", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column(
            "risk", sa.Enum("低", "中", "高", name="risk", native_enum=False, length=32), nullable=True
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_consultation_opinion_consultation_id"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["consultation_member.id"], name="fk_consultation_opinion_member_id"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["consultation_question.id"], name="fk_consultation_opinion_question_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consultation_opinion"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_consultation_opinion_consultation_id", "consultation_opinion", ["consultation_id"], unique=False
    )
    op.create_index(
        "ix_consultation_opinion_question_id", "consultation_opinion", ["question_id"], unique=False
    )
    op.create_index(
        "uq_consultation_opinion_member", "consultation_opinion", ["member_id", "question_id"], unique=True
    )


def _columns() -> None:
    op.add_column("agency", sa.Column("field", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("agency", sa.Column("founded_on", sa.Date(), nullable=True))
    op.add_column("agency", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column(
        "agency",
        sa.Column(
            "successor_id",
            sa.Integer(),
            sa.ForeignKey("agency.id", name="fk_agency_successor_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column("agency", sa.Column("end_paper", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("agency", sa.Column("end_reason", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("agency", sa.Column("is_expected", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("agency", sa.Column("staff_count", sa.Integer(), nullable=True))
    op.add_column("agency", sa.Column("qualified_count", sa.Integer(), nullable=True))
    op.add_column(
        "agency", sa.Column("liaison_post", sa.String(length=200), nullable=False, server_default="")
    )
    op.add_column("agency", sa.Column("liaison_filed_on", sa.Date(), nullable=True))
    op.create_index("ix_agency_successor_id", "agency", ["successor_id"], unique=False)
    op.add_column(
        "letter",
        sa.Column(
            "agency_id", sa.Integer(), sa.ForeignKey("agency.id", name="fk_letter_agency_id"), nullable=True
        ),
        inline_references=True,
    )
    op.add_column("letter", sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("letter", sa.Column("asked", sa.Text(), nullable=False, server_default=""))
    op.add_column("letter", sa.Column("answered_on", sa.Date(), nullable=True))
    op.add_column("letter", sa.Column("answer", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_letter_agency_id", "letter", ["agency_id"], unique=False)
    op.add_column(
        "service",
        sa.Column(
            "public_lawyer_id",
            sa.Integer(),
            sa.ForeignKey("public_lawyer.id", name="fk_service_public_lawyer_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "service",
        sa.Column(
            "internal_adviser_id",
            sa.Integer(),
            sa.ForeignKey("internal_adviser.id", name="fk_service_internal_adviser_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column("service", sa.Column("person", sa.String(length=200), nullable=False, server_default=""))
    op.drop_index("ix_service_agency_id", table_name="service")
    op.create_index("ix_service_agency_id_on_date", "service", ["agency_id", "on_date"], unique=False)
    op.create_index("ix_service_internal_adviser_id", "service", ["internal_adviser_id"], unique=False)
    op.create_index("ix_service_public_lawyer_id", "service", ["public_lawyer_id"], unique=False)


def downgrade() -> None:
    for name, table in (
        ("ix_service_public_lawyer_id", "service"),
        ("ix_service_internal_adviser_id", "service"),
        ("ix_service_agency_id_on_date", "service"),
        ("ix_letter_agency_id", "letter"),
        ("ix_agency_successor_id", "agency"),
    ):
        op.drop_index(name, table)
    op.create_index("ix_service_agency_id", "service", ["agency_id"], unique=False)
    for table, column in (
        ("service", "person"),
        ("service", "internal_adviser_id"),
        ("service", "public_lawyer_id"),
        ("letter", "answer"),
        ("letter", "answered_on"),
        ("letter", "asked"),
        ("letter", "reason"),
        ("letter", "agency_id"),
        ("agency", "liaison_filed_on"),
        ("agency", "liaison_post"),
        ("agency", "qualified_count"),
        ("agency", "staff_count"),
        ("agency", "is_expected"),
        ("agency", "end_reason"),
        ("agency", "end_paper"),
        ("agency", "successor_id"),
        ("agency", "ended_on"),
        ("agency", "founded_on"),
        ("agency", "field"),
    ):
        op.drop_column(table, column)
    for name in (
        "consultation_opinion",
        "follow_up",
        "consultation_version",
        "consultation_question",
        "consultation_point",
        "consultation_member",
        "consultation_draw",
        "consultation_case",
        "sharing",
        "public_lawyer_year",
        "posting",
        "internal_adviser",
        "engagement",
        "consultation",
        "certificate",
        "agency_name",
        "agency_contract",
        "public_lawyer",
        "kept_draft",
    ):
        op.drop_table(name)
