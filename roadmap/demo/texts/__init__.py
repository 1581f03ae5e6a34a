"""What the people of the demo city write. Every place, person and figure is invented.

`{Y}` is the first year of the plan, `{Y-1}` the year before it, `{Y+4}` its last.
"""
