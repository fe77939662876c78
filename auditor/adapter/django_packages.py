"""What URL configurations of well-known packages serve, relative to where they are included.

Django 3.2 to 5.2 (https://docs.djangoproject.com/en/5.2/topics/auth/default/#module-django.contrib.auth.views,
https://docs.djangoproject.com/en/5.2/topics/i18n/translation/#the-set-language-redirect-view), Django REST framework
3.14 to 3.16 (https://www.django-rest-framework.org/tutorial/4-authentication-and-permissions/), dj-rest-auth 5 to 7
(https://dj-rest-auth.readthedocs.io/en/latest/api_endpoints.html), djoser 2
(https://djoser.readthedocs.io/en/latest/base_endpoints.html, token_endpoints.html and jwt_endpoints.html) and
django-prometheus 2 (https://github.com/django-commons/django-prometheus#monitoring-your-views).
"""

from __future__ import annotations

from collections.abc import Mapping

_FORM, _READ, _SEND, _ANY = ("GET", "POST", "PUT"), ("GET",), ("POST",), ("*",)
_OBJECT = ("GET", "PUT", "PATCH", "DELETE")

PACKAGES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "django.contrib.auth.urls": {
        "login/": _FORM, "logout/": _SEND, "password_change/": _FORM, "password_change/done/": _READ,
        "password_reset/": _FORM, "password_reset/done/": _READ, "reset/{uidb64}/{token}/": _FORM, "reset/done/": _READ,
    },
    "django.conf.urls.i18n": {"setlang/": _ANY},
    "rest_framework.urls": {"login/": _FORM, "logout/": _SEND},
    "dj_rest_auth.urls": {
        "password/reset/": _SEND, "password/reset/confirm/": _SEND, "login/": _SEND, "logout/": ("GET", "POST"),
        "user/": ("GET", "PUT", "PATCH"), "password/change/": _SEND,
    },
    "dj_rest_auth.registration.urls": {
        "": _SEND, "verify-email/": _SEND, "resend-email/": _SEND, "account-confirm-email/{key}/": _READ,
        "account-email-verification-sent/": _READ,
    },
    "djoser.urls": {
        "": _READ, "users/": ("GET", "POST"), "users/{id}/": _OBJECT, "users/me/": _OBJECT,
        **{f"users/{name}/": _SEND for name in (
            "activation", "resend_activation", "set_password", "reset_password", "reset_password_confirm",
            "set_username", "reset_username", "reset_username_confirm",
        )},
    },
    "djoser.urls.authtoken": {"token/login/": _SEND, "token/logout/": _SEND},
    "djoser.urls.jwt": {"jwt/create/": _SEND, "jwt/refresh/": _SEND, "jwt/verify/": _SEND},
    "django_prometheus.urls": {"metrics": _ANY},
}  # fmt: skip
"""Methods by path, by the name that `include` is given."""
