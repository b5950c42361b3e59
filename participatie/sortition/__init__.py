"""The draw of a loting, in plain Python: it knows nothing of Django or of the rest of the house."""
