"""What reaches you: a mail when it is your turn, when your draft comes back or is approved, when somebody tells you.

Words: recipient, mail. Verbs: none of its own; it overhears review and discussion and posts into the outbox.
Asks every room below. A mail is one sentence and a link, and holds no word of any draft or talk.
"""
