"""One process that sends the mail that is due at each moment it reads, and says how many went.

The drill shifts the clock by what it writes. Sabotaged: a message is sent without being claimed first.
"""

import os
import sys
from datetime import datetime
from smtplib import SMTPException

import django


def main() -> None:
    django.setup()
    from post.outbox import send_due

    if os.environ.get("SABOTAGE") == "1":
        send_unclaimed()
    print("ready", flush=True)
    for line in sys.stdin:
        print(send_due(datetime.fromisoformat(line.strip())), flush=True)


def send_unclaimed() -> None:
    """Two workers that meet at a message both send it then."""
    from post import outbox
    from post.choices import MessageState
    from post.models import Message

    def send(pk: int, now: datetime) -> bool:
        message = Message.objects.get(pk=pk)
        if message.state != MessageState.WAITING or message.next_try_at > now:
            return False
        try:
            outbox._mail(message).send()
        except (SMTPException, OSError) as error:
            raise outbox._NobodyThere from error
        Message.objects.filter(pk=pk).update(state=MessageState.SENT, sent_at=now)
        return True

    outbox._send_one = send


if __name__ == "__main__":
    main()
