"""The screens of the desk about the wijkkrant."""
