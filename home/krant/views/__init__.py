"""Routes of a WijkkrantPage: sending kopij in, and the krant by mail."""
