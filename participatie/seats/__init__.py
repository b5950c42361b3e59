"""From a drawn lot to a filled seat: offered, answered, taken, given up, and filled again by the rule."""
