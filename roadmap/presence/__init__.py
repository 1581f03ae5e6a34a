"""Who is here and who is editing what, and that somebody saved: told to those who have the roadmap open.

Words: presence, live. Asks people, history and plan; adds the table `presence`; changes no plan. Presence never
blocks a save, and is gone a minute after the page is.
"""
