"""A page's words as two tests may compare them: without what is drawn anew for each request."""

import re

FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def without_token(page: str) -> str:
    """The page without its form tokens, in whose 64 letters any short word may stand by chance."""
    return FORM_TOKEN.sub("", page)
