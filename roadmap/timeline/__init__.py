"""The log as people read it: the story of a roadmap, one act whole, the versions of an item, what was removed.

Words: story (acts, newest first), line (one act, or all saves of one sitting), sentence (one act in words), change
(one field, before and after), pin (a moment with a name), milestone (a stop of the path).
Verbs: name a moment, rename it, take the name away. Asks discussion, review, plan, history and people.
`sentences.tell_acts` and `tell_lines` are what others use.
"""
