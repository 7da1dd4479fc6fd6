"""Before Qt is loaded: what the tests need of the system, brought where this process may, as the program does."""

import shutil
import sys

from gui.system_libraries import bring, missing_packages


def bring_system_libraries() -> None:
    """Install what Qt and the tests of papers need on a Debian where we may; elsewhere leave with one sentence."""
    if not sys.platform.startswith("linux"):
        return
    wanted = missing_packages() + ["poppler-utils"] * (shutil.which("pdftotext") is None)
    if refusal := bring(wanted):
        sys.exit(refusal)
