"""`manage.py demo`: fills an empty demo database with examples.

1. The mark that keeps the database from being served in earnest. 2. The six accounts. 3. Sentra, IKM, products, papers
and photos. 4. An assessment in every state.
"""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import history
from accounts.models import User
from ovop_site import demo, set_up
from ovop_site.demo.assessments import make_assessments
from ovop_site.demo.catalogue import make_catalogue
from ovop_site.demo.people import PEOPLE, make_people

STORY = Path(demo.__file__).parent / "story.json"


class Command(BaseCommand):
    help = "Mengisi basis data contoh yang masih kosong: akun, sentra, IKM, produk, dan penilaian di tiap keadaan."

    @history.named("command", "demo")
    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Data contoh hanya dibuat dengan OVOP_DEMO=1, di komputer sendiri.")
        if User.objects.filter(username__in=[person.username for person in PEOPLE]).exists():
            raise CommandError("Akun contoh sudah ada. Untuk memulai lagi dari awal: make demo-reset.")
        # SECURITY: whoever knows the password of the examples must not find it in a database that is served in earnest.
        set_up.mark_demo()
        story = json.loads(STORY.read_text(encoding="utf-8"))
        people = make_people()
        products = make_catalogue(story, people)
        assessments = make_assessments(story, products, people)
        set_up.note_demo_filled()
        self.stdout.write(
            f"{len(people)} akun, {len(story['sentra'])} sentra, {len(products)} produk, {len(assessments)} penilaian."
        )
