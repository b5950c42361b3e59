"""The wijkkrant: from kopij to web, mail and print."""
