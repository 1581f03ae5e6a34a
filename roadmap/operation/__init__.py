"""Keeping the house running: the state of its database, whole copies of it, and the catalogues of its words.

Words: archive (a whole copy in one file), manifest (what an archive says it holds), catalogue (the sentences of
one language). Verbs: migrate, write_archive, load_archive, verify_archive, extract, update. Reads the tables of
every room and changes none of them, but for an archive that is loaded into an empty database.
"""
