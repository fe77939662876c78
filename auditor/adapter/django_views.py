"""The methods that class-based views of Django's ecosystem answer by themselves.

Django 3.2 to 5.2 (https://docs.djangoproject.com/en/5.2/ref/class-based-views/flattened-index/), Django REST
framework 3.14 to 3.16 (https://www.django-rest-framework.org/api-guide/generic-views/#concrete-view-classes), and
packages with endpoints for accounts, tokens and schemas.
"""

from __future__ import annotations

_READ, _SUBMIT, _POST = ("GET",), ("GET", "POST", "PUT"), ("POST",)
_GENERIC = {
    **dict.fromkeys(("TemplateView", "ListView", "DetailView"), _READ),
    **dict.fromkeys(("FormView", "CreateView", "UpdateView"), _SUBMIT),
    "DeleteView": ("GET", "POST", "DELETE"),
    "RedirectView": ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"),
    "View": (),
}
_REST = {
    "ListAPIView": ("GET",), "RetrieveAPIView": ("GET",), "CreateAPIView": ("POST",), "DestroyAPIView": ("DELETE",),
    "UpdateAPIView": ("PUT", "PATCH"), "ListCreateAPIView": ("GET", "POST"), "GenericAPIView": (),
    "RetrieveUpdateAPIView": ("GET", "PUT", "PATCH"), "RetrieveDestroyAPIView": ("GET", "DELETE"),
    "RetrieveUpdateDestroyAPIView": ("GET", "PUT", "PATCH", "DELETE"),
}  # fmt: skip
_MODULES = {"View": ("base",), "TemplateView": ("base",), "RedirectView": ("base",), "ListView": ("list",),
            "DetailView": ("detail",)}  # fmt: skip
# https://docs.djangoproject.com/en/5.2/topics/auth/default/#all-authentication-views
_ACCOUNTS = {
    **dict.fromkeys(("LoginView", "PasswordChangeView", "PasswordResetView", "PasswordResetConfirmView"), _SUBMIT),
    **dict.fromkeys(("PasswordChangeDoneView", "PasswordResetDoneView", "PasswordResetCompleteView"), _READ),
    "LogoutView": _POST,
}
_TOKENS = (
    "TokenViewBase", "TokenObtainPairView", "TokenRefreshView", "TokenVerifyView", "TokenBlacklistView",
    "TokenObtainSlidingView", "TokenRefreshSlidingView",
)  # fmt: skip
_SCHEMAS = (
    "SpectacularAPIView", "SpectacularJSONAPIView", "SpectacularYAMLAPIView", "SpectacularSwaggerView",
    "SpectacularSwaggerSplitView", "SpectacularRedocView",
)  # fmt: skip
# https://docs.allauth.org/en/latest/account/views.html
_SIGNING = {
    **dict.fromkeys(("LoginView", "SignupView", "PasswordChangeView", "PasswordSetView", "PasswordResetView",
                     "PasswordResetFromKeyView", "EmailView"), _SUBMIT),
    "LogoutView": ("GET", "POST"),
}  # fmt: skip
# https://dj-rest-auth.readthedocs.io/en/latest/api_endpoints.html
_SESSIONS = {
    **dict.fromkeys(("LoginView", "PasswordChangeView", "PasswordResetView", "PasswordResetConfirmView"), _POST),
    "LogoutView": ("GET", "POST"),
    "UserDetailsView": ("GET", "PUT", "PATCH"),
}

VIEWSETS = (
    "rest_framework.viewsets.ViewSet", "rest_framework.viewsets.GenericViewSet",
    "rest_framework.viewsets.ReadOnlyModelViewSet", "rest_framework.viewsets.ModelViewSet",
    "rest_framework.viewsets.ViewSetMixin",
)  # fmt: skip
"""Views that answer nothing before a router, or `as_view({…})`, says which method is which function."""

BASES: dict[str, tuple[str, ...]] = {
    "django.views.View": (),
    **{f"django.views.generic.{name}": methods for name, methods in _GENERIC.items()},
    **{f"django.views.generic.{_MODULES.get(name, ('edit',))[0]}.{name}": verbs for name, verbs in _GENERIC.items()},
    **{f"django.contrib.auth.views.{name}": methods for name, methods in _ACCOUNTS.items()},
    "django.views.i18n.JavaScriptCatalog": _READ,
    "django.views.i18n.JSONCatalog": _READ,
    "rest_framework.views.APIView": (),
    "rest_framework.authtoken.views.ObtainAuthToken": _POST,
    **{f"rest_framework.generics.{name}": methods for name, methods in _REST.items()},
    **{f"rest_framework_simplejwt.views.{name}": _POST for name in _TOKENS},
    **{f"drf_spectacular.views.{name}": _READ for name in _SCHEMAS},
    **{f"allauth.account.views.{name}": methods for name, methods in _SIGNING.items()},
    **{f"dj_rest_auth.views.{name}": methods for name, methods in _SESSIONS.items()},
    **{f"dj_rest_auth.registration.views.{name}": _POST for name in ("RegisterView", "VerifyEmailView",
       "ResendEmailVerificationView", "SocialLoginView", "SocialConnectView")},
}  # fmt: skip
"""The methods that the libraries' class-based views answer by themselves."""

_ANY = ("*",)
READY = {
    **dict.fromkeys(("django.views.static.serve", "django.views.i18n.set_language"), _ANY),
    **dict.fromkeys(("django.contrib.sitemaps.views.index", "django.contrib.sitemaps.views.sitemap"), _ANY),
    "rest_framework.authtoken.views.obtain_auth_token": _POST,
    **{f"rest_framework_simplejwt.views.{name}": _POST for name in ("token_obtain_pair", "token_refresh",
       "token_verify", "token_blacklist", "token_obtain_sliding", "token_refresh_sliding")},
}  # fmt: skip
"""Views that libraries export ready to serve, and what they answer."""

_SILENT = ("django.contrib.auth.mixins.", "django.utils.", "rest_framework.mixins.", "django.views.generic.base.")
_PLAIN = ("object", "abc.ABC", "typing.Generic")


def answers_nothing(base: str) -> bool:
    """Whether a base class of a library adds no methods to a view."""
    return base in _PLAIN or base in VIEWSETS or base.startswith(_SILENT) or base.rpartition(".")[2].endswith("Mixin")
