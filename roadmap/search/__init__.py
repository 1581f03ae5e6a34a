"""Finding in one roadmap: titles, texts, comments, and the offices that answer for something.

Words: entry (what the index holds of one item), asked (what somebody looks for), hit, snippet.
Verbs: keep (an entry in step with its item, inside each act), reindex. Hears the record; asks discussion, plan,
history and people. A hit, a count and a snippet come only from what the reader may see; the index is derived, and
can be made anew from the tables at any time.
"""
