"""The windows.

PySide6 6.12.0 on Python 3.11 takes a reference from ``True`` at each ``Signal.emit()`` and never gives it
back; after some hundred signals the interpreter falls over ("bool_dealloc: deallocating True or False").
From Python 3.12 on these constants are immortal. Below that they are made so here, until a mended PySide6 is
the least that the project asks for.
"""

import ctypes
import sys

if sys.version_info < (3, 12):
    for _constant in (True, False, None):
        ctypes.c_ssize_t.from_address(id(_constant)).value += 1 << 40
