"""The log as people read it: the story of a roadmap, one act whole, the versions of an item, what was removed.

Words: story (acts, newest first), sentence (one act in words), change (one field, before and after).
Verbs: none; it only reads. Asks review, plan, history and people. `sentences.tell_acts` is what others use.
"""
