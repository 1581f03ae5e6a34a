"""What the city will do: cover, sections, modalities, problems, actions, indicators, and how they hang together.

Words: kind, item, field, finding, outline, term.
Verbs: create a roadmap, add, edit, move, remove, restore; undo an act, restore fields or items; close a text.
Asks web, text, people and history. Says what happened by events.
"""
