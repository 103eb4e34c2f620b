"""Days and times as they are written in Britain; Django's "en" is American. Its Welsh is right already."""
