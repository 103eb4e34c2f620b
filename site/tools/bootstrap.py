"""Make .venv, then hand over to one of the tools beside this file: `bootstrap.py [--dev] TOOL [ARGUMENT …]`.

Runs before anything is installed, on whatever Python there is, so it uses the standard library only and no
syntax newer than Python 3.6: a Python that is too old must be able to say so.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
OLDEST = (3, 11)


class RefusalError(Exception):
    """Something the person at the keyboard can put right; its text is one plain sentence."""


def main() -> None:
    """Make .venv as the tool needs it and become that tool; a refusal is one sentence and exit status 1."""
    arguments = sys.argv[1:]
    dev = arguments[:1] == ["--dev"]
    if dev:
        arguments = arguments[1:]
    try:
        check_python()
        check_tool(arguments)
        ensure_venv(VENV, dev=dev)
    except RefusalError as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit("Stopped while preparing .venv; the next run mends it.")
    environment = dict(os.environ, PYTHONPATH=os.path.join(ROOT, "site"), PYTHONUNBUFFERED="1")
    python = python_of(VENV)
    os.chdir(ROOT)
    os.execve(python, [python, "-m", "tools." + arguments[0], *arguments[1:]], environment)  # noqa: S606


def check_python() -> None:
    """Raises RefusalError if the running Python is too old for the site."""
    if sys.version_info[:2] < OLDEST:
        raise RefusalError(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed and {sys.executable} is {sys.version_info[0]}."
            f"{sys.version_info[1]}: install a newer one, or name one with PYTHON=/path/to/python."
        )


def check_tool(arguments: list) -> None:
    """Raises RefusalError if no tool is named, or one that is not there."""
    named = os.path.join(ROOT, "site", "tools", arguments[0]) if arguments else ""
    if not (named and (os.path.exists(named + ".py") or os.path.isdir(named))):
        raise RefusalError(
            "There is no such command in this version: " + (" ".join(arguments) or "none was named") + "."
        )


def ensure_venv(folder: str, dev: bool) -> None:
    """Bring the folder to what the lock files say, or leave it alone if it is there already.

    A stamp named after each lock file's digest is written only when everything is installed. Two commands
    started at once take turns.
    """
    from time import monotonic

    started_at = monotonic()
    locks = ["requirements.txt", "requirements-dev.txt"] if dev else ["requirements.txt"]
    if not is_installed(folder, locks):
        from fcntl import LOCK_EX, flock

        with open(os.path.join(ROOT, locks[0])) as turn:
            # The programs we start hold the turn too, so what a killed run left behind is waited for.
            os.set_inheritable(turn.fileno(), True)
            flock(turn, LOCK_EX)
            if not is_installed(folder, locks):
                install(folder, locks)
    print(f"{'packages':<20}{monotonic() - started_at:>6.1f} s", flush=True)


def is_installed(folder: str, locks: list) -> bool:
    """Whether every lock file's stamp is there, made for the Python that the folder points to now."""
    python = os.path.realpath(python_of(folder))
    for lock in locks:
        try:
            with open(stamp_of(folder, lock)) as stamp:
                if stamp.read() != python or not os.path.exists(python):
                    return False
        except OSError:
            return False
    return True


def install(folder: str, locks: list) -> None:
    """Make the folder anew unless it is sound, install the locked packages and stamp it."""
    from pathlib import Path
    from shutil import rmtree

    unfinished = Path(folder, ".unfinished")
    try:
        if unfinished.exists() or not is_sound(folder):
            rmtree(folder, ignore_errors=True)
            make_venv(folder)
        unfinished.touch()
        for old in Path(folder).glob(".installed-*"):
            old.unlink()
        command = ["install", "--require-hashes", "--no-deps"]
        for lock in locks:
            command += ["-r", os.path.join(ROOT, lock)]
        run_pip(folder, command)
        for lock in locks:
            Path(stamp_of(folder, lock)).write_text(os.path.realpath(python_of(folder)))
        unfinished.unlink()
    except OSError as error:
        raise RefusalError(f"Cannot write to {folder}: {error.strerror or error}.") from error


def is_sound(folder: str) -> bool:
    """Whether the folder holds a Python that starts, is new enough, and has pip."""
    from subprocess import DEVNULL, call

    program = f"import pip, sys; sys.exit(sys.version_info[:2] < {OLDEST!r})"
    try:
        return call([python_of(folder), "-c", program], stdout=DEVNULL, stderr=DEVNULL) == 0
    except OSError:
        return False


def make_venv(folder: str) -> None:
    """Make an empty virtual environment. On Debian, venv is a package of its own."""
    from importlib.util import find_spec
    from subprocess import DEVNULL, PIPE, STDOUT, run

    has_venv = find_spec("venv") and find_spec("ensurepip")
    if not has_venv and not (os.environ.get("CI") and apt_install("python3-venv")):
        number = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise RefusalError(
            f"This Python ({sys.executable}, {number}) has no venv module: install the package python3-venv, "
            f"on some systems python{number}-venv (Debian and Ubuntu: apt-get install python3-venv)."
        )
    os.makedirs(folder)
    open(os.path.join(folder, ".unfinished"), "w").close()
    print("making .venv and installing packages: about a minute, the first time only", flush=True)
    base = getattr(sys, "_base_executable", sys.executable)  # we may be running from the .venv being made anew
    made = run([base, "-m", "venv", folder], stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, close_fds=False)
    if made.returncode != 0:
        print(made.stdout.decode(errors="replace")[-2000:], file=sys.stderr)
        raise RefusalError(f"A virtual environment could not be made in {folder}; Python's words are above.")


def apt_install(*packages: str) -> bool:
    """Install Debian packages where we are allowed to; whether that worked."""
    from shutil import which
    from subprocess import DEVNULL, call

    if not which("apt-get"):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    print("installing " + " ".join(packages), flush=True)
    for arguments in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        if call([*prefix, "apt-get", *arguments], stdin=DEVNULL, stdout=DEVNULL, env=environment) != 0:
            return False
    return True


def run_pip(folder: str, arguments: list) -> None:
    """Run the folder's pip quietly; RefusalError with pip's last words if it fails."""
    from subprocess import DEVNULL, PIPE, STDOUT, run

    command = [python_of(folder), "-m", "pip", "--disable-pip-version-check", "--no-input", "--retries", "1"]
    done = run([*command, *arguments, "--quiet"], stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, close_fds=False)
    if done.returncode == 0:
        return
    words = done.stdout.decode(errors="replace")
    if any(sign in words for sign in ("NewConnectionError", "name resolution", "ConnectTimeout", "ProxyError")):
        raise RefusalError("The packages could not be downloaded: no network; connect once and run this again.")
    if "No space left" in words:
        raise RefusalError(f"The packages could not be installed: no space left for {folder}.")
    print(words[-2000:], file=sys.stderr)
    raise RefusalError("The packages could not be installed; pip's words are above, and the next run tries again.")


def python_of(folder: str) -> str:
    """The virtual environment's Python."""
    return os.path.join(folder, "bin", "python")


def stamp_of(folder: str, lock: str) -> str:
    """Where it is noted that exactly this lock file is installed."""
    from hashlib import sha256

    with open(os.path.join(ROOT, lock), "rb") as file:
        return os.path.join(folder, ".installed-" + sha256(file.read()).hexdigest()[:16])


if __name__ == "__main__":
    main()
