"""The acts of the registry on whatever there is, for the trial that any act can be taken back."""

from dataclasses import replace
from datetime import timedelta

from db.ledger.queries import draft_of
from db.models.agency import Agency
from db.models.public_lawyer import AgencyContract, InternalAdviser, PublicLawyer, Sharing
from db.registry.acts.advisers import (
    end_contract,
    end_internal_adviser,
    remove_contracts,
    remove_internal_advisers,
    restore_contract,
    restore_internal_adviser,
    save_contract,
    save_internal_adviser,
)
from db.registry.acts.public_lawyers import (
    end_certificate,
    issue_certificate,
    record_year,
    remove_public_lawyers,
    restore_public_lawyer,
    save_public_lawyer,
    transfer,
)
from db.registry.acts.sharing import end_sharing, remove_sharings, restore_sharing, save_sharing
from db.registry.ledgers import CONTRACTS, INTERNAL_ADVISERS
from db.registry.queries.public_lawyers import public_lawyer_draft
from db.registry.queries.sharing import sharing_draft
from db.registry.rules.advisers import AgencyContractDraft, InternalAdviserDraft
from db.registry.rules.public_lawyers import (
    CertificateDraft,
    CertificateEndDraft,
    CertificateIssueDraft,
    PostingDraft,
    PublicLawyerDraft,
    TransferDraft,
    YearResultDraft,
)
from db.registry.rules.sharing import EndDraft, SharingDraft
from db.words.public_lawyer import AnnualResult, CertificateEnd
from tests.conftest import TODAY

NEXT_YEAR = TODAY + timedelta(days=365)


def present(hand, model):
    """Return some entry that is not in the recycle bin."""
    return hand.one(model, model.removed_at.is_(None))


def removed(hand, model):
    """Return the key of some entry of the recycle bin."""
    return hand.one(model, model.removed_at.is_not(None)).id


def enter_public_lawyer(hand):
    draft = PublicLawyerDraft(
        name="苏某某",
        licence=f"13308202160{hand.by.randrange(100000, 999999)}",
        postings=(PostingDraft(agency_id=present(hand, Agency).id, from_on=TODAY),),
        certificates=(CertificateDraft(from_on=TODAY, to_on=NEXT_YEAR),),
    )
    save_public_lawyer(hand.session, draft, TODAY)


def change_public_lawyer(hand):
    key = present(hand, PublicLawyer).id
    draft = public_lawyer_draft(hand.session, key)
    changed = replace(draft, phone="13900009999", years=draft.years[1:], postings=draft.postings[-1:])
    save_public_lawyer(hand.session, changed, TODAY, key)


def move(hand):
    person = present(hand, PublicLawyer)
    transfer(
        hand.session,
        TransferDraft(person.id, present(hand, Agency).id, "法规科", "科员", TODAY, person.version),
    )


def renew(hand):
    person = present(hand, PublicLawyer)
    draft = CertificateIssueDraft(
        person.id, TODAY + timedelta(days=4000), None, "浙江省司法厅", person.version
    )
    issue_certificate(hand.session, draft, TODAY)


def end(hand):
    person = present(hand, PublicLawyer)
    end_certificate(
        hand.session, CertificateEndDraft(person.id, CertificateEnd.LEFT, TODAY, "调离", person.version)
    )


def assess(hand):
    person = present(hand, PublicLawyer)
    result = hand.by.choice(list(AnnualResult))
    record_year(hand.session, YearResultDraft(person.id, 2025, result, "", person.version), TODAY)


def lend(hand):
    lender, user = present(hand, PublicLawyer), present(hand, Agency)
    save_sharing(hand.session, SharingDraft(lender.id, user.id, "", TODAY, NEXT_YEAR, 20.0), TODAY)


def change_sharing(hand):
    key = present(hand, Sharing).id
    save_sharing(hand.session, replace(sharing_draft(hand.session, key), hours=99.0), TODAY, key)


def end_some(act, model):
    """Return an act that ends some entry early."""

    def ended(hand):
        entry = present(hand, model)
        act(hand.session, entry.id, EndDraft(TODAY, "不再需要", entry.version))

    return ended


def enter_adviser(hand):
    draft = InternalAdviserDraft(present(hand, Agency).id, "洪某某", from_on=TODAY)
    save_internal_adviser(hand.session, draft, TODAY)


def change_adviser(hand):
    key = present(hand, InternalAdviser).id
    draft = replace(draft_of(hand.session, INTERNAL_ADVISERS, key), post="主任科员")
    save_internal_adviser(hand.session, draft, TODAY, key)


def enter_contract(hand):
    draft = AgencyContractDraft(present(hand, Agency).id, "", "示例水亭律所", from_on=TODAY, to_on=NEXT_YEAR)
    save_contract(hand.session, draft, TODAY)


def change_contract(hand):
    key = present(hand, AgencyContract).id
    draft = replace(draft_of(hand.session, CONTRACTS, key), provider="某律师事务所", lawyer_id=None)
    save_contract(hand.session, draft, TODAY, key)


REGISTRY_ACTS = {
    "公职律师": enter_public_lawyer,
    "改公职律师": change_public_lawyer,
    "调动": move,
    "续期": renew,
    "终止证书": end,
    "公职律师考核": assess,
    "删公职律师": lambda h: remove_public_lawyers(h.session, [present(h, PublicLawyer).id], TODAY),
    "还公职律师": lambda h: restore_public_lawyer(h.session, removed(h, PublicLawyer)),
    "统筹": lend,
    "改统筹": change_sharing,
    "终止统筹": end_some(end_sharing, Sharing),
    "删统筹": lambda h: remove_sharings(h.session, [present(h, Sharing).id]),
    "还统筹": lambda h: restore_sharing(h.session, removed(h, Sharing)),
    "内部顾问": enter_adviser,
    "改内部顾问": change_adviser,
    "终止内部顾问": end_some(end_internal_adviser, InternalAdviser),
    "删内部顾问": lambda h: remove_internal_advisers(h.session, [present(h, InternalAdviser).id]),
    "还内部顾问": lambda h: restore_internal_adviser(h.session, removed(h, InternalAdviser)),
    "合同": enter_contract,
    "改合同": change_contract,
    "终止合同": end_some(end_contract, AgencyContract),
    "删合同": lambda h: remove_contracts(h.session, [present(h, AgencyContract).id]),
    "还合同": lambda h: restore_contract(h.session, removed(h, AgencyContract)),
}
REGISTRY_NEEDS = {
    "还公职律师": ("删公职律师",),
    "还统筹": ("删统筹",),
    "还内部顾问": ("删内部顾问",),
    "还合同": ("删合同",),
}
