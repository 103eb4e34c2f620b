"""`make film`: from content/films/KEY/script.yaml to the film, its poster, captions and transcript beside it.

FILM=KEY chooses among several films. PICTURES=1 only draws the pictures, for a look. Working files and the contact
sheets go to var/film/KEY/.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from tools.bootstrap import RefusalError, apt_install
from tools.steps import ROOT, end_on_signals, find_program, in_ci, step

from .captions import as_transcript, as_vtt
from .drawings.registry import draw
from .filming import encode
from .render import pixels
from .script import BadScript, Script, read_script
from .sheet import write_sheets
from .speech import needs_synthesis, speak, write_sound
from .timing import Timeline, lay_out

FILMS = ROOT / "content" / "films"
PACKAGES = {"text2wave": ["festival", "festvox-us-slt-hts"]}  # of Debian, where they are not called as the program is
QUALITY = 33  # x264's constant rate factor: higher is smaller


def main() -> None:
    """Make the film, or say in one sentence with exit status 1 why not."""
    end_on_signals()
    try:
        folder = _chosen()
        work = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "film" / folder.name
        work.mkdir(parents=True, exist_ok=True)
        script = read_script(folder / "script.yaml")
        if os.environ.get("PICTURES") == "1":
            save_pictures(script, work)
        else:
            ensure_programs({"ffmpeg"} | needs_synthesis(script, folder))
            make(script, folder, work)
    except (RefusalError, BadScript) as refusal:
        sys.exit(f"The film cannot be made: {refusal}")


def _chosen() -> Path:
    """The folder of the film asked for. Raises RefusalError."""
    named = os.environ.get("FILM") or next(iter(sys.argv[1:]), "")
    found = sorted(file.parent for file in FILMS.glob(f"{named or '*'}/script.yaml"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise RefusalError(f"no film in content/films has a script.yaml{f' and is called {named}' if named else ''}.")
    raise RefusalError(f"name one with FILM=: {', '.join(folder.name for folder in found)}.")


def ensure_programs(names: set[str]) -> None:
    """Install the missing programs in CI; elsewhere raise RefusalError with one sentence naming their packages."""
    missing = _missing(names)
    if missing and in_ci():
        apt_install(*missing)
        missing = _missing(names)
    if missing:
        packages = " ".join(missing)
        raise RefusalError(f"it needs what is not here: install {packages} (Debian: apt-get install {packages}).")


def _missing(names: set[str]) -> list[str]:
    return sorted(package for name in names if not find_program([name]) for package in PACKAGES.get(name, [name]))


def make(script: Script, folder: Path, work: Path) -> None:
    """Speak, lay out, draw, film; the text forms are written last, when all else went well."""
    with step("voices") as note:
        voices = speak(script, folder, work / "speech")
        timeline = lay_out(script, voices.lengths(script), recorded=voices.recorded)
        write_sound(timeline, voices, script.seconds, work / "sound.wav")
        note.text = f"{len(timeline.spoken)} sentences, {len(voices.recorded)} scenes recorded by people"
    with step("pictures") as note:
        pictures = [pixels(draw(one.shot.picture)) for one in timeline.shown]
        note.text = f"{len(pictures)}, none longer than {max(one.end - one.start for one in timeline.shown):.1f} s"
    with step("film") as note:
        chapters = [chapter.at for chapter in script.chapters]
        encode(timeline, pictures, work / "sound.wav", work / "film.mp4", chapters=chapters, quality=QUALITY)
        shutil.copyfile(work / "film.mp4", folder / "film.mp4")
        note.text = f"{(folder / 'film.mp4').stat().st_size / 1e6:.2f} MB"
    with step("text and poster"):
        _write_beside(script, timeline, pictures, folder)
    with step("contact sheets") as note:
        note.text = ", ".join(str(file) for file in write_sheets(folder / "film.mp4", timeline.shown, work))


def _write_beside(script: Script, timeline: Timeline, pictures: Sequence[Image.Image], folder: Path) -> None:
    (folder / "captions.en.vtt").write_text(as_vtt(timeline), encoding="utf-8")
    (folder / "transcript.yaml").write_text(as_transcript(timeline), encoding="utf-8")
    places = [f"{one.scene}/{one.number}" for one in timeline.shown]
    if script.poster not in places:
        raise BadScript(
            f"the poster “{script.poster}” is none of its pictures; write a scene and a number, as in door/1."
        )
    poster = pictures[places.index(script.poster)].resize((1280, 720), Image.Resampling.LANCZOS)
    poster.save(folder / "poster.jpg", quality=84, optimize=True, progressive=True)


def save_pictures(script: Script, work: Path) -> None:
    """Only the drawings, as PNG files in the order of the script."""
    folder = work / "pictures"
    folder.mkdir(exist_ok=True)
    with step("pictures") as note:
        for place, (scene, number, shot) in enumerate(script.shots(), 1):
            pixels(draw(shot.picture), scale=1).save(folder / f"{place:02d}-{scene.key}-{number}.png")
        note.text = str(folder)


if __name__ == "__main__":
    main()
