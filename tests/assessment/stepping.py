"""Takes a step of an assessment as a page would send it."""

from uuid import uuid4

from django.urls import reverse


def address(assessment, action):
    return reverse("assessment:advance", args=[assessment.pk, action])


def step(client, assessment, action, **fields):
    return client.post(address(assessment, action), {"idempotency_key": str(uuid4())} | fields)


def page(response):
    return response.content.decode()
