"""The kopij of residents at the desk: for the redactie of their wijk, and entering it from paper."""
