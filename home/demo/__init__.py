"""The demo: a real municipality in JSON, pictures and translations, and the functions that build it.

The functions take plain dictionaries in the shape of `content/`; the tests build theirs with the same ones.
"""
