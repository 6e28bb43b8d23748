"""What a page says after a record was stored."""

from django.contrib import messages
from django.http import HttpRequest

from outbox.forms import RecordForm


def tell_stored(request: HttpRequest, form: RecordForm, sentence: str) -> None:
    """Say that it is stored, and whose changes of other fields were kept."""
    messages.success(request, sentence)
    if form.taken_sentence:
        messages.info(request, form.taken_sentence)
