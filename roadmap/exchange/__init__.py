"""What leaves the house on paper and as tables: the matrix of actions as an annex, and each kind as CSV.

Words: matrix, row, measure, sheet.
Asks plan and review; reads only, and changes nothing.
"""
