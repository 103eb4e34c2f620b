"""Parts of the frames of this room."""
