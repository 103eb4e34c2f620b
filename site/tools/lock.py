"""`make lock`: write requirements.txt and requirements-dev.txt anew, pinned with hashes, from the lists of names."""

import os
import sys

from tools.steps import end_on_signals, passes, python

OLDEST_PYTHON = "3.11.2"  # Debian 12's own, which some releases refuse by number


def main() -> None:
    """Lock both lists; versions already locked are kept unless UPGRADE=1 is given."""
    end_on_signals()
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") == "1" else []
    options = ["--quiet", "--generate-hashes", "--python-version", OLDEST_PYTHON, "--no-header", *upgrade]
    good = True
    for name, agreed in {"requirements": [], "requirements-dev": ["-c", "requirements.txt"]}.items():
        command = python("-m", "uv", "pip", "compile", *options, *agreed, f"{name}.in", "-o", f"{name}.txt")
        good = passes(f"{name}.txt", command) and good
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
