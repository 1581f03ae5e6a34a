"""The record: one append-only log per roadmap, the merge, the guard, and what was typed and did not go through.

Words: roadmap (the head of its log), changeset, revision, edition (a pinned point), kept words.
Verbs: record, merge, keep words, close a text, check.
Asks people for the author. Knows no plan: a kind tells its shape to `shapes.py`.
"""
