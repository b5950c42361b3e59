"""The draw of a loting: lots, lists, the promise, the dice and the outcome.

The mathematics and the public files are in `participatie.sortition`, which knows nothing of a database.
"""
