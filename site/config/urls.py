"""Every address of the site. Pages come last: Wagtail answers what nothing else did."""

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from people.organisation_views import begin
from publishing.desk import choosing
from publishing.desk.doors import act_on_page, publish_by_api
from publishing.desk.page_numbers import move_to

from .serving import serve
from .views import document_password, page_password, redirects_taken_in, refused_by_api, uploaded_picture

handler400, handler500 = "config.outages.bad_request", "config.outages.server_error"
handler429 = "config.outages.too_many"

urlpatterns = [
    # One door: Wagtail's two password-only forms are shadowed by ours, past which no limit can be slipped.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("_util/authenticate_with_password/<int:restriction_id>/<int:page_id>/", page_password),
    path("documents/authenticate_with_password/<int:restriction_id>/", document_password),
    path("admin/api/main/pages/<int:pk>/action/publish/", publish_by_api),
    path("admin/api/main/pages/<int:pk>/action/<str:action_name>/", refused_by_api),
    path("admin/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/", act_on_page),
    path("admin/pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/", move_to),
    path("admin/redirects/import/process/", redirects_taken_in, name="redirects_taken_in"),
    path("admin/choose-page/", choosing.Browse.as_view(), name="wagtailadmin_choose_page"),
    path("admin/choose-page/<int:parent_page_id>/", choosing.Browse.as_view(), name="wagtailadmin_choose_page_child"),
    path("admin/choose-page/search/", choosing.Search.as_view(), name="wagtailadmin_choose_page_search"),
    path(
        "admin/choose-page/chosen-multiple/",
        choosing.Several.as_view(),
        name="wagtailadmin_choose_page_chosen_multiple",
    ),
    path("admin/choose-external-link/", choosing.Address.as_view(), name="wagtailadmin_choose_page_external_link"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("uploads/images/<path:name>", uploaded_picture, name="uploaded_picture"),
    path("account/organisation/sign-in/<str:provider_id>/login/", begin, name="openid_connect_login"),
    path("account/organisation/sign-in/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("", include("media.urls")),
]
if settings.DEVELOPMENT and apps.is_installed("samples"):
    urlpatterns += [path("try/", include("samples.urls"))]

urlpatterns += i18n_patterns(
    path("account/", include("people.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/second-step/", include("allauth.mfa.urls")),
    path("account/sign-ins/", include("allauth.usersessions.urls")),
    path("account/organisation/", include("allauth.socialaccount.urls")),
    path("", include("home.urls")),
    path("", include("search.urls")),
    path("", include("privacy.urls")),
    path("", include("credentials.urls")),
    path("", include("training.urls")),
    path("", include("enrolments.urls")),
    path("", include("player.urls")),
    path("", include("briefings.urls")),
    path("", include("publishing.urls")),
    path("", include("reference.urls")),
    re_path(serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
