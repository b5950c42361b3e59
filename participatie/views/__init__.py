"""What the routes of a LotingPage answer."""
