"""The desk of the lotingen: preparing one, entering sign-ups, and keeping them."""
