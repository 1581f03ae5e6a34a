"""Words people write: how they come in, how they are shown, how they travel.

Words: *source* (what was typed), *prose* (Markdown made safe), *plain* (without markup), *cell* (in a sheet).
Verbs: `normal.normalise` every text on its way in; `markdown.render` it for a page; `plain.plain`, `excerpt`
and `slug` for mails, tables and addresses; `plain.neutralise_cell` before a sheet, `restore_cell` after it.
May ask: nothing of the house but the ground floor. `markdown.py` alone imports markdown, bleach and nh3.
"""
