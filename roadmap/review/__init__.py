"""What is submitted, judged, approved, adopted and published, and whose turn it is.

Words: round (putaran), submission (rancangan), desk, verdict, edition, adoption, standing.
Verbs: submit, withdraw, open and end a consultation, approve, return, record a decision, adopt, begin and finish.
Asks plan and the rooms below. Only its operations change a roadmap's stage, in the transaction of the step.
"""
