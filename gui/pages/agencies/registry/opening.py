"""The registry as other parts of the program open it: one object with plain open functions.

enter_public_lawyer(agency_id), open_public_lawyer(key), transfer(key), issue_certificate(key),
end_certificate(key), record_year(key), remove_public_lawyers(keys),
enter_sharing(draft), open_sharing(key), end_sharing(key),
enter_adviser(agency_id), open_adviser(key), end_adviser(key),
enter_contract(agency_id), open_contract(key), end_contract(key), show_list(...)
"""

from gui.pages.agencies.registry.papers import PaperActs
from gui.pages.agencies.registry.roll import PublicLawyerRoll


class Registry(PaperActs):
    """All acts of the registry, and the list 公职律师名册."""

    def show_list(self, key: int | None = None, *, agency_id: int | None = None) -> PublicLawyerRoll:
        """Open 公职律师名册, with a person selected, or of one agency."""
        roll = PublicLawyerRoll(self.context, self.window, agency_id=agency_id)
        roll.open()
        if key is not None:
            roll.select(key)
        return roll
