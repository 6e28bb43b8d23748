"""Stories and descriptions, searched by their stems: "penganyam" finds "anyaman".

Names and places are never stemmed: the Indonesian stemmer makes "kalong" of Pekalongan.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import Expression, Func, Value
from django.db.models.functions import Cast

CONFIG = "indonesian"

# Words that stand in every story. PostgreSQL stems Indonesian and knows none of them. A list that changes needs the
# indexes made again, because they hold its words.
STOP_WORDS = (
    "ada", "adalah", "agar", "akan", "atau", "bagi", "bisa", "dalam", "dan", "dapat", "dari", "dengan", "di", "dia",
    "hingga", "ini", "itu", "juga", "kami", "karena", "ke", "kita", "lebih", "oleh", "pada", "para", "saat",
    "sangat", "secara", "sejak", "serta", "sudah", "telah", "tidak", "untuk", "yang",
)  # fmt: skip


def stems_of(*fields: str) -> Expression:
    """The stems of the words in `fields`, stop words left out: what an index holds and a search looks into."""
    words = Cast(Value(f"{{{','.join(STOP_WORDS)}}}"), ArrayField(models.TextField()))
    return Func(SearchVector(*fields, config=CONFIG), words, function="ts_delete", output_field=SearchVectorField())


def told_by(text: str) -> SearchQuery | None:
    """What finds the stories that tell of every word of `text`; None where nothing is left without stop words."""
    words = [word for word in text.lower().split() if word not in STOP_WORDS]
    return SearchQuery(" ".join(words), config=CONFIG) if words else None
