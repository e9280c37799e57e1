"""Ctrl-C and its like as an exception, which waits where something must not be left half done."""

import contextlib
import signal


class Interrupted(Exception):
    """Somebody asked us to end."""


class Interruption:
    """The signals that ask a process to end, from now on."""

    def __init__(self):
        self._is_held = False
        self._is_pending = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._come)

    @contextlib.contextmanager
    def held(self):
        """A block that is gone through to its end; the exception comes after it."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self._is_pending:
            self._raise()

    def _come(self, _number, _frame) -> None:
        self._is_pending = True
        if not self._is_held:
            self._raise()

    def _raise(self) -> None:
        self._is_pending = False
        raise Interrupted("interrupted")
