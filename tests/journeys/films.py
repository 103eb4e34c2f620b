"""Films for stories: content files loaded into the running site, and one made part of module 1."""

from collections.abc import Callable
from pathlib import Path

from tests.media.film_parcel import CHANNEL, PAGE, TRANSCRIPT, texts, write_package
from tests.media.footage import is_at_hand, mp4, real_film

INTO_MODULE_1 = """
from courses.models import Activity, Module
from media.models import Film
film, module = Film.objects.get(key="second-look"), Module.objects.get(course__key="foundation", number=1)
given = {"course": module.course, "module": module, "position": 85}
print(Activity.objects.update_or_create(kind="film", film=film, defaults=given)[0].uuid)
"""
OUT_OF_IT = """
from courses.models import Activity
from enrolments.models import Progress
Progress.objects.filter(activity__film__key="second-look").delete()
Activity.objects.filter(film__key="second-look").update(module=None)
"""


def load_films(manage: Callable[..., str], folder: Path) -> str:
    """Load "A second look", forty seconds long, and a film at another host; the address of the first in module 1."""
    write_package(folder, film=_footage())
    (folder / CHANNEL).unlink()
    page = texts()[PAGE].replace("film: film.mp4\n", "embed: https://vimeo.com/123456789\nembed_seconds: 40\n")
    page = page.replace("captions: captions.en.vtt\n", "embed_captioned: true\n").replace("second-look", "elsewhere")
    page = page.replace("title: A second look", "title: A talk elsewhere").replace("0000f1", "0000f2")
    page = page.replace("poster: poster.png\nposter_alt: A kitchen table with a red book.\n", "")
    for path, text in ((PAGE, page), (TRANSCRIPT, texts()[TRANSCRIPT])):
        file = folder / path.replace("second-look", "elsewhere")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    manage("load_content", str(folder))
    return f"/learn/{manage('shell', '-v', '0', '-c', INTO_MODULE_1).splitlines()[-1]}/film/"


def take_out_again(manage: Callable[..., str]) -> None:
    """Leave module 1 as its content has it, for the stories that follow on the same site."""
    manage("shell", "-v", "0", "-c", OUT_OF_IT)


def _footage() -> bytes:
    """A film that plays where the shared material is at hand; else one that only says how long it is."""
    return real_film() if is_at_hand() else mp4(40)
