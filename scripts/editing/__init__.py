"""Commands for people who write: a new page, publishing it, taking in a post, renaming.

Nothing is written before everything is known to be right, and then each file is
written beside its place and put there in one step.
"""
