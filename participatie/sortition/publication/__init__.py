"""What is published of a loting, where its randomness comes from, and how anyone checks it at home.

Nothing here knows a person: a loting is tickets, fingerprints, lists and rules.
"""
