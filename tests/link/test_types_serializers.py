"""Serializers of Django REST framework as models, and the views that use them."""

from __future__ import annotations

import pytest
from typed_project import types_of

from auditor.link.types.serializers import INPUT
from auditor.link.types.unions import describe
from auditor.model.finding import Confidence
from auditor.pipeline import audit_texts

MODELS = """
from django.db import models

class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    PAID = "paid", "Paid"

class Dated(models.Model):
    created = models.DateTimeField(auto_now_add=True)
    class Meta:
        abstract = True

class Order(Dated):
    number = models.CharField(max_length=10)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    note = models.TextField(null=True)
    owner = models.ForeignKey("auth.User", on_delete=models.CASCADE)

class Parcel(models.Model):
    class Size(models.IntegerChoices):
        SMALL = 1, "Small"
        LARGE = 2, "Large"
    ROUTES = [("air", "By air"), ("sea", "By sea")]
    size = models.IntegerField(choices=Size.choices)
    route = models.CharField(choices=ROUTES)
    other = models.IntegerField(choices=Size)
"""
ORDER = "class S(serializers.ModelSerializer):\n    class Meta:\n        model = Order\n        "
PLAIN = "class S(serializers.Serializer):\n    a = serializers.IntegerField()\n"
HEAD = "from rest_framework import serializers\nfrom models import Order, Parcel\n"


def fields(source: str, name: str = "S", taken: bool = False) -> list[str]:
    """The fields as `name?: type`, `*` behind what may be null; "…" last where there may be more."""
    types = types_of({"models.py": MODELS, "api.py": HEAD + source})
    types.declared()
    model = types.models[f"api.py:{name}" + (INPUT if taken else "")]
    told = [
        f"{one.wire}{'' if one.required else '?'}: {describe(one.shape, short=True)}{'*' if one.nullable else ''}"
        for one in model.fields
    ]
    return told + ["…"] * model.open


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        (
            PLAIN + "    b = serializers.CharField(allow_null=True)",
            ["a: integer", "b: string*"],
        ),
        (
            ORDER + "fields = ('number', 'status')",
            ["number: string", "status: Status"],
        ),
        (
            ORDER + "fields = '__all__'",
            ["id: ?", "created: date-time", "number: string", "status: Status", "note: string*", "owner: ?"],
        ),
        (
            ORDER + "exclude = ['id', 'note', 'owner']",
            ["created: date-time", "number: string", "status: Status"],
        ),
        (
            ORDER.replace("S(", "P(") + "fields = ['number']\n"
            "class S(P):\n    class Meta(P.Meta):\n        fields = P.Meta.fields + ['total']",
            ["number: ?", "total: ?"],
        ),
        (
            "class L(serializers.Serializer):\n    a = serializers.IntegerField()\n"
            "class S(serializers.Serializer):\n    rows = L(many=True)\n"
            "    size = serializers.SerializerMethodField()\n"
            "    def get_size(self, row) -> int: ...",
            ["rows: L[]", "size: integer"],
        ),
        # A class that lists its fields leaves out what it inherits.
        (
            "class P(serializers.ModelSerializer):\n    a = serializers.IntegerField()\n"
            "class S(P):\n    b = serializers.CharField()\n"
            "    class Meta:\n        model = Order\n        fields = ['number', 'b']",
            ["number: string", "b: string"],
        ),
        # Choices that stand in the class of the model, and an enum as it is.
        (
            ORDER.replace("Order", "Parcel") + "fields = ['size', 'route', 'other']",
            ["size: Parcel.Size", "route: S.route", "other: Parcel.Size"],
        ),
        (
            "class S(serializers.Serializer):\n    a = serializers.ChoiceField(choices=Parcel.Size)",
            ["a: Parcel.Size"],
        ),
        # What classes are subscripted with is for type checkers.
        (
            "class P(serializers.ModelSerializer[Any]):\n    a = serializers.IntegerField()\n"
            "    def __init__(self, *args, **kwargs):\n        self.user = kwargs.pop('user', None)\n"
            "        super().__init__(*args, **kwargs)\n"
            "class S(P, serializers.Serializer[dict]):\n    b = serializers.CharField()",
            ["a: integer", "b: string"],
        ),
        (
            PLAIN + "    def __init__(self, *args, **kwargs): self.fields.pop('a')",
            ["a?: integer"],
        ),
        (
            PLAIN + "    def __init__(self, *args, **kwargs):\n        for one in names: self.fields.pop(one)",
            ["a: integer", "…"],
        ),
        # What is removed or added by code cannot be told.
        (
            PLAIN + "    def to_representation(self, row): ...",
            ["a: integer", "…"],
        ),
        (
            ORDER + "fields = listed()",
            ["…"],
        ),
    ],
)
def test_what_is_sent(source: str, sent: list[str]) -> None:
    assert fields(source) == sent


def test_what_is_only_read_is_not_taken_and_what_is_only_written_is_not_sent() -> None:
    source = (
        "class S(serializers.ModelSerializer):\n    secret = serializers.CharField(write_only=True)\n"
        "    class Meta:\n        model = Order\n        fields = ['id', 'number', 'status', 'created', 'secret']\n"
        "        read_only_fields = ['number']"
    )
    assert fields(source) == ["id: ?", "number: string", "status: Status", "created: date-time"]
    assert fields(source, taken=True) == ["status?: Status", "secret: string"]


VIEWS = """
from rest_framework import serializers, viewsets

class OrderSerializer(serializers.Serializer):
    number = serializers.CharField()

class OrderViewSet(viewsets.ModelViewSet):
    serializer_class = OrderSerializer
"""
PROJECT = {
    "api/manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    "api/shop/__init__.py": "",
    "api/shop/settings.py": 'ROOT_URLCONF = "shop.urls"\n',
    "api/shop/urls.py": "from django.urls import include, path\nfrom rest_framework.routers import DefaultRouter\n"
    "from .views import OrderViewSet\nrouter = DefaultRouter()\nrouter.register('orders', OrderViewSet)\n"
    "urlpatterns = [path('api/', include(router.urls))]\n",
    "web/package.json": '{"dependencies": {"@angular/core": "19"}}',
    "web/src/order.service.ts": "import { HttpClient } from '@angular/common/http';\n"
    "export interface Order { number: string; customer: string }\n"
    "export interface Page<T> { count: number; results: T[] }\n"
    "export class OrderService {\n  constructor(private http: HttpClient) {}\n"
    "  list() { return this.http.get<Page<Order>>('/api/orders/'); }\n}\n"
    "export const start = (http: HttpClient) => new OrderService(http).list();\n",
}


@pytest.mark.parametrize(
    ("views", "count"),
    [
        (VIEWS, 1),
        (VIEWS + "    def list(self, request): ...\n", 0),
        (VIEWS.replace("ModelViewSet)", "ModelViewSet[Order])"), 1),
        (VIEWS + "    def list(self, request):\n        self.seen = 1\n        return super().list(request)\n", 1),
        (
            VIEWS + "    def get_serializer(self, *args, **kwargs):\n        kwargs['user'] = self.request.user\n"
            "        return super().get_serializer(*args, **kwargs)\n",
            1,
        ),
        (
            VIEWS + "    def list(self, request):\n        page = self.get_serializer(self.rows(), many=True)\n"
            "        return self.get_paginated_response(page.data)\n",
            1,
        ),
        (
            VIEWS + "    def list(self, request):\n        answer = super().list(request)\n"
            "        answer.data['more'] = 1\n        return answer\n",
            0,
        ),
        (VIEWS + "    def get_serializer_class(self): ...\n", 0),
    ],
)
def test_a_page_of_a_viewset_meets_the_type_of_its_items(views: str, count: int) -> None:
    report = audit_texts({**PROJECT, "api/shop/views.py": views}, frozenset({"RS101"}))
    proven = [one for one in report.findings if one.confidence is not Confidence.LOW]
    assert len(proven) == count
