from wagtail.users.apps import WagtailUsersAppConfig


class DeskUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users, with forms in which nobody can make themselves a superuser."""

    user_viewset = "home.desk.users.DeskUserViewSet"
