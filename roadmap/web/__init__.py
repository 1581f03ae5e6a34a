"""What every page needs, knowing no concept: answers, act keys, errors, security, filters, static files.

Words: partial, echo, slot, act key, refusal.
Asks text. Other rooms register slots, echoes and keepers here; this room calls them without knowing them.
"""
