"""What people say to one another about a roadmap: threads on the whole, an item, a field, an owner; their comments.

Words: thread (percakapan), comment, nature (what kind of saying opened it), visibility (who reads it), notified
(beri tahu).
Verbs: open_thread, reply, edit_comment (one's own), resolve with a reason, reopen, close_comment, mark_read. Asks
plan, history and people.
Threads and comments are items of the record: versioned, hashed, never deleted; a leader approves none of them.
"""
