"""The pictures of a film, drawn as SVG from data. `registry.draw` is the one way in."""
