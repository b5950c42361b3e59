"""The desk of the wijkkrant: editions, the board of the redactie, and news that goes into the paper."""
