"""What everybody may read: the newest adopted edition of each roadmap in plain words, and the page that lists them.

Words: published, edition, promise.
Reads nothing but the document of an adopted edition, the adoption, and the names of region and roadmap: never a draft.
"""
