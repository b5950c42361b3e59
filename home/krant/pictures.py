"""Where the pictures of wijkkranten are: the only ones that a redactie may choose and add."""

from wagtail.models import Collection

NAME = "Wijkkrant"


def collection() -> Collection:
    """The collection with the pictures of wijkkranten; made when it is not there."""
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=NAME).first()
    return found or root.add_child(name=NAME)
