"""Plain Dutch on the desk: hints while somebody writes, how pages read, and the list of hard words."""
