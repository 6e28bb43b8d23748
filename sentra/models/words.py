"""The words of names: whole names are indexed by them, and a misspelt word is looked for among them.

Names repeat the same words: a million of them hold some tens of thousands (docs/adr/0065).
"""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils.translation import gettext_lazy as _

# Small letters, no stems, no stop words: names are names.
CONFIG = "simple"
# Shorter words are neither kept nor corrected: two letters resemble everything.
SHORTEST = 3


def words_in(*fields: str) -> SearchVector:
    """The words of `fields` together: what an index holds and a search looks into."""
    return SearchVector(*fields, config=CONFIG)


class NameWord(models.Model):
    """A word that stands, or once stood, in the name of a sentra, an IKM or a product anywhere in the country.

    Never shown to anybody: it only says what a misspelt word may have meant. A word may be here twice: a unique one
    would let who saves a new word wait for an import that has the same word and is not finished.
    """

    word = models.CharField(_("kata"), max_length=255)

    class Meta:
        verbose_name = _("kata nama")
        verbose_name_plural = _("kata nama")
        ordering = ["word", "id"]
        indexes = [
            models.Index("word", name="name_word"),
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="name_word_trgm"),
        ]

    def __str__(self) -> str:
        return self.word


class KeepWords(pgtrigger.Trigger):
    """Keeps the words of `fields` that are not known yet."""

    name = "keep_words"
    when = pgtrigger.After

    def __init__(self, *fields: str) -> None:
        source = " || ' ' || ".join(f"NEW.{field}" for field in fields)
        super().__init__(
            operation=pgtrigger.Insert | pgtrigger.UpdateOf(*fields),
            func=f"{keeping_new_words(f'(SELECT {source} AS text) AS named')} RETURN NULL;",
        )


def keeping_new_words(source: str) -> str:
    """The statement that keeps the words in the column `text` of `source`. Words with signs in them are left out."""
    return f"""
        INSERT INTO sentra_nameword (word)
        SELECT DISTINCT kept.word
          FROM {source}, unnest(tsvector_to_array(to_tsvector('{CONFIG}', text))) AS kept (word)
         WHERE length(kept.word) BETWEEN {SHORTEST} AND 255
           AND kept.word !~ '[[:punct:][:space:]]'
           AND NOT EXISTS (SELECT FROM sentra_nameword AS known WHERE known.word = kept.word);
    """
