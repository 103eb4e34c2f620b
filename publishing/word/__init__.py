"""From a Word file to the blocks of a page, with a word about everything that does not come over (decision 44).

parts → prepared → flow → built: what a file may be, what its reader is given, what it says, what a page makes of it.
"""
