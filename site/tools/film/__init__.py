"""`make film`: draws, speaks and joins a film of the site from its script. docs/films.md says how."""
