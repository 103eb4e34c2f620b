"""`make run`: prepare the database, start the web server and the background worker, and watch over both.

From the environment: PORT (8000; 0 takes any free one), VAR_DIR (var/), DATABASE_URL, SAMPLES=0 (no sample people).
"""

import http.client
import os
import signal
import socket
import sys
import tempfile
import threading
from io import StringIO
from pathlib import Path
from time import monotonic, sleep
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "site")) if path not in sys.path]

from tools.bootstrap import RefusalError  # noqa: E402
from tools.steps import python, step  # noqa: E402
from tools.supervisor import Program, stop_all, supervise  # noqa: E402

FIRST_ANSWER_SECONDS = 60.0


def main() -> None:
    """Run the site until Ctrl-C; a refusal is one sentence and exit status 1."""
    parent = os.getppid()
    stop_at_once()
    try:
        var = writable_folder(Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute())
        listener = reserve_port(os.environ.get("PORT") or "8000")
        port = listener.getsockname()[1]
        (var / "address").write_text(f"http://127.0.0.1:{port}\n")  # for the links that commands print
        os.environ |= {"VAR_DIR": str(var), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
        prepare(samples=os.environ.get("SAMPLES") != "0")
        programs = [web_server(listener), background_worker()]
        done = keep_running(programs, port, parent)
    except RefusalError as refusal:
        sys.exit(str(refusal))
    sys.exit(0 if done else 1)


def stop_at_once() -> None:
    """While preparing, INT and TERM end us where we are; transactions keep the database whole.

    Set even where INT is ignored: a non-interactive shell starts background programs that way.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        sys.exit("Stopped.")

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def writable_folder(folder: Path) -> Path:
    """The folder, made if need be. Raises RefusalError if nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise RefusalError(f"Cannot write to {folder}: {error.strerror}; set VAR_DIR to another folder.") from error


def reserve_port(text: str) -> socket.socket:
    """A socket listening on 127.0.0.1; the web server inherits it, so the port is ours from now on.

    Raises RefusalError if the port is taken or is no port.
    """
    if not text.isdecimal() or int(text) > 65535:
        raise RefusalError(f"PORT is {text!r}, which is no port: give a number from 1 to 65535.")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", int(text)))
        listener.listen(128)
    except PermissionError as error:
        raise RefusalError(f"Port {text} may not be used by you: choose one above 1023 with PORT=8123.") from error
    except OSError as error:
        raise RefusalError(f"Port {text} is taken by another program: choose another with PORT=8123.") from error
    return listener


def prepare(*, samples: bool) -> None:
    """Bring the database to this version and fill it if it is empty.

    Raises RefusalError if it cannot be used, belongs to a newer version, or the content has a fault.
    """
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import OperationalError, connection

    try:
        with step("database") as note:
            django.setup()
            note.text = migrate()
        fill(samples=samples)
    except (ImproperlyConfigured, CommandError) as error:
        raise RefusalError(str(error)) from error
    except OperationalError as error:
        raise unusable(error) from error
    finally:
        connection.close()


def unusable(error: Exception) -> RefusalError:
    """The refusal for a database that is gone, locked, full or no database at all."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    return RefusalError(f"The database {name} cannot be used: {str(error).strip()}.")


def migrate() -> str:
    """Apply what is missing and say what was done. Raises RefusalError if the database is ahead of us."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        raise unusable(error) from error
    loader = executor.loader
    known = set(loader.disk_migrations).union(*(set(found.replaces) for found in loader.disk_migrations.values()))
    unknown = sorted(set(loader.applied_migrations) - known)
    if unknown:
        raise RefusalError(
            f"The database {connection.settings_dict['NAME']} is from a newer version of the site "
            f"({'.'.join(unknown[0])} is unknown here): update the site, or name another folder with VAR_DIR."
        )
    missing = executor.migration_plan(loader.graph.leaf_nodes())
    if missing:
        call_command("migrate", verbosity=0, interactive=False)
    return f"{connection.vendor}, {len(missing)} migrations applied" if missing else connection.vendor


def fill(*, samples: bool) -> None:
    """Make the cache table, load the content into a database without any, and the sample people likewise."""
    from django.apps import apps
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    with step("cache table"):
        call_command("createcachetable", verbosity=0)
    with step("content") as note:
        if apps.get_model("courses", "CoursePage").objects.exists():
            note.text = "already there"
        else:
            note.text = last_words_of("load_content")
    if samples:
        with step("sample people") as note:
            if get_user_model().objects.exists():
                note.text = "already there"
            else:
                note.text = last_words_of("make_samples")


def last_words_of(command: str) -> str:
    """Run a management command and return the last line it printed."""
    from django.core.management import call_command

    said = StringIO()
    call_command(command, stdout=said)
    return (said.getvalue().strip().splitlines() or [""])[-1]


def web_server(listener: socket.socket) -> Program:
    """Gunicorn on the socket that is listening already."""
    options = f"--bind fd://{listener.fileno()} --workers 2 --threads 4 --worker-class gthread --preload"
    quiet = "--log-level warning --graceful-timeout 2 --no-control-socket"
    places = ["--pythonpath", str(ROOT / "site"), "--chdir", str(ROOT)]
    command = python("-m", "gunicorn", *options.split(), *quiet.split(), *places, "config.wsgi")
    return Program("web server", command, dict(os.environ), pass_fds=[listener.fileno()])


def background_worker() -> Program:
    """The worker that sends mail and does what should not keep a page waiting."""
    return Program("background worker", python(str(ROOT / "manage.py"), "qcluster"), dict(os.environ))


def keep_running(programs: list[Program], port: int, parent: int) -> bool:
    """Start both programs, give the address once the home page answers, and watch until asked to stop."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stopping.set())
    web, worker = programs
    try:
        started_at = monotonic()
        web.start()
        worker.start()
        with step(web.name):
            wait_for_home_page(web, port, stopping)
        print(f"{worker.name:<20}{monotonic() - started_at:>6.1f} s", flush=True)
        if not stopping.is_set():
            print_address(port)
        # Under make, the end of make is the end of us; started by hand, we outlive the shell as usual.
        return supervise(programs, stopping, orphaned=lambda: "MAKELEVEL" in os.environ and os.getppid() != parent)
    finally:
        stop_all(programs)
        print("Stopped.", flush=True)


def wait_for_home_page(web: Program, port: int, stopping: threading.Event) -> None:
    """Return when `/` answers 200. Raises RefusalError if it answers otherwise, ends or takes too long."""
    until = monotonic() + FIRST_ANSWER_SECONDS
    while monotonic() < until and not stopping.is_set():
        if web.has_ended():
            raise RefusalError("The web server ended while starting; its messages are above.")
        status = home_page_status(port)
        if status == 200:
            return
        if status:
            raise RefusalError(f"The home page answers {status} instead of 200; the web server's messages are above.")
        sleep(0.05)
    if not stopping.is_set():
        raise RefusalError(f"The web server gave no answer in {FIRST_ANSWER_SECONDS:.0f} seconds.")


def home_page_status(port: int) -> int:
    """The status of `/`, or 0 if there is no answer yet. Asked with a short wait, so that Ctrl-C is heard."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def print_address(port: int) -> None:
    """The last lines before the site is ready: who there is to be, and the address."""
    from django.apps import apps

    site = f"http://127.0.0.1:{port}"
    if apps.is_installed("samples"):
        from samples.cast import CAST, GUIDES

        print("Look round as somebody; one click signs you in:")
        for one in GUIDES:
            print(f"  {site + '/try/' + one.key + '/':<34}{one.shows}")
        print(f"  {site + '/try/':<34}all {len(CAST)} of them, and the mail that was sent")
    print(f"The site is ready: {site}/   (Ctrl-C ends it)", flush=True)


if __name__ == "__main__":
    main()
