"""The program that reads a table in a process apart: no network, nothing written, little time and memory.

Words: fault (why a file is refused), aside (what was left aside), grid (a sheet under way), pile (a book under way).
`__main__.py` is run by `intake/guarded.py`, reads a file from its input and answers with JSON. It imports little and
late, and never the application: starting it must cost less than reading.
"""
