"""How long a test waits for what must come: as long as the program gets on, and longer on a busy machine."""

import os
import time

IDLE = 30.0  # seconds, on a machine with nothing else to do, in which the program may do nothing
AT_WORK = 0.05  # the share of a processor from which on the program counts as getting on


class Patience:
    """Asked again and again while something is awaited; runs out only when nothing has moved for long.

    Time in which this process computes does not count; the rest counts the less, the more the machine is asked for.
    A program that computes for ever is ended by pytest's own limit for a test.
    """

    def __init__(self, idle: float = IDLE) -> None:
        self._left = idle
        self._looked, self._used = time.monotonic(), time.process_time()

    def is_out(self) -> bool:
        """Say whether to give up; call it about once a second."""
        looked, used = time.monotonic(), time.process_time()
        passed, worked = looked - self._looked, used - self._used
        self._looked, self._used = looked, used
        if worked < passed * AT_WORK:
            self._left -= passed / _crowd()
        return self._left <= 0


def _crowd() -> float:
    """Return how many programs want each processor, at least one."""
    if not hasattr(os, "getloadavg"):
        return 1.0
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
