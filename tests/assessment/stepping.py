"""Takes a step of an assessment as a page would send it."""

from django.urls import reverse

from tests.factories import hidden_fields


def address(assessment, action):
    return reverse("assessment:advance", args=[assessment.pk, action])


def step(client, assessment, action, **fields):
    return client.post(address(assessment, action), hidden_fields(assessment) | fields)


def page(response):
    return response.content.decode()
