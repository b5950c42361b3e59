"""What residents do on the pages of a wijkkrant."""
