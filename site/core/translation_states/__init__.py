"""The state of every page in every language: kept exact while publishing, computed when asked."""
