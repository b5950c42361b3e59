"""The desk of the action plans: what editors and partners do there, beyond lists and forms of registers."""
