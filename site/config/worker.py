"""The background worker ends whole when one of its processes is killed, so that whoever runs it starts it anew.

A process killed while it waits at a queue takes the queue's lock with it (multiprocessing), and whatever django-q puts
in its place waits for ever while everything seems to stand. Found by the drill `kills`; see docs/drills.md.
"""

import os
import signal
from multiprocessing.process import BaseProcess

from django_q.cluster import Sentinel


def install() -> None:
    """Look at how a process ended before django-q puts another in its place."""
    really_reincarnate = Sentinel.reincarnate

    def reincarnate(self: Sentinel, process: BaseProcess) -> None:
        if process.exitcode is not None and process.exitcode < 0:
            os.kill(self.parent_pid, signal.SIGKILL)  # the runner ends the rest of the group before it starts it again
            os._exit(1)
        really_reincarnate(self, process)

    Sentinel.reincarnate = reincarnate
