"""The runner of `make run` with a drill's disturbances in the site it runs; for sabotage only."""

import os

from tools import run


def main() -> None:
    """As tools.run, but the settings are the drills' from the first step on."""
    really_prepare = run.prepare

    def prepare(*, samples: bool) -> None:
        os.environ["DJANGO_SETTINGS_MODULE"] = "tools.drills.settings"
        really_prepare(samples=samples)

    run.prepare = prepare
    run.main()


if __name__ == "__main__":
    main()
