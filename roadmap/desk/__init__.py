"""The pages that lay several rooms side by side: a roadmap, its parts and documents, one's roadmaps, one's tasks.

Words: overview, view, part, duty, task.
Asks every room; decides nothing of its own.
"""
