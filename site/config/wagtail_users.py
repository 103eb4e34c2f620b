"""Wagtail's people screens, told about our account model."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """One change: our own forms, because our account has one name, not two."""

    user_viewset = "people.viewsets.UserViewSet"
