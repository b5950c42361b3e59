"""Kopij: what residents send in for the wijkkrant, from the form to an answer of the redactie."""
