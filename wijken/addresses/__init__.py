"""In which buurt an address lies: from the table of the CBS, from a service, or roughly from its postcode.

It only informs. Nobody is refused because an address was not found.
"""
