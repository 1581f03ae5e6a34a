"""What comes in as a table: read in a process apart, laid out, understood, tried, and written in one act.

Words: intake, book, sheet, cell, layout, candidate, question, trial.
Asks people, plan and exchange; adds the tables `intake`, `intake_file`, `remembered_column`; changes the plan
through `plan/bulk.py` only.
"""
