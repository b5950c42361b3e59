"""Signing up for a loting: the questions, the form, what was filled in so far, and who it is about.

The web, the desk and the personal link use the same questions in the same order, with the same numbers as
the form on paper.
"""
