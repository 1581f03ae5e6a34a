"""What everybody may read: each adopted edition in plain words, whole or item by item, searched, compared, as data.

Words: published, edition, promise, reading, asked, mark (what a cache keeps a page by). Asks exchange, discussion,
review and plan. Reads nothing but the document of an adopted edition, the adoption, and the names of region and
roadmap: never a draft, and never who wrote.
"""
