"""`manage.py verify_decisions`: proves the chain of decisions, or names the first broken link."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessment import chain
from assessment.models import Decision


class Command(BaseCommand):
    help = "Memeriksa rantai keputusan; menyebut mata rantai pertama yang putus dan berakhir dengan kode 1."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = chain.first_break()
        if broken:
            raise CommandError(broken.sentence)
        self.stdout.write(self.style.SUCCESS(f"Rantai utuh: {Decision.objects.count()} keputusan."))
