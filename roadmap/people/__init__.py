"""Who: regions, organisations, persons, memberships, and the one table of who may do what.

Words: region, organisation, person, membership, role, act, stage, right, invitation.
Verbs: sign in, invite, accept, give and end a membership, add and merge organisations.
Asks: web and text. Knows no plan; says what happened by events, and is overheard.
"""
