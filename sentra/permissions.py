"""Who may see and change catalogue records (matrix in `docs/architecture.md`). Queryset side: `visible_to(user)`."""

from accounts.models import User
from accounts.permissions import CATALOGUE_EDITORS, CATALOGUE_READERS, Role, acts_inside, duty_areas, has_role, sees
from sentra.models import IKM, Certificate, Note, Photo, Product, Sentra

Record = Sentra | IKM | Product


def can_see(user: User, record: Record) -> bool:
    """See a sentra, IKM or product and its photos."""
    return sees(user, record.wilayah_id, *CATALOGUE_READERS)


def can_edit(user: User, record: Record) -> bool:
    """Change a record in use, and add certificates and photos: officer or verifier whose duty contains its area."""
    return record.is_in_use and works_on(user, record)


def works_on(user: User, record: Record) -> bool:
    """Change a record once it is in use: an officer or verifier whose duty contains its area."""
    return acts_inside(user, record.wilayah_id, *CATALOGUE_EDITORS)


def can_edit_certificate(user: User, certificate: Certificate) -> bool:
    """Change a certificate in use: whoever may edit the record it belongs to."""
    return certificate.is_in_use and can_edit(user, certificate.subject)


def can_put_into(user: User, sentra: Sentra) -> bool:
    """Make an IKM a member of `sentra`: who sees it as officer or verifier, not only as leader.

    A sentra of a whole kabupaten has members in each kecamatan, so its own area need not lie inside the duty.
    """
    return sentra.is_in_use and sees(user, sentra.wilayah_id, *CATALOGUE_EDITORS)


def can_add(user: User) -> bool:
    """Begin a new record; the area is checked when it is saved."""
    return has_role(user, *CATALOGUE_EDITORS)


def can_deactivate(user: User, record: Record | Certificate) -> bool:
    """Take a record or a certificate out of use and bring it back: a verifier whose duty contains the area."""
    place = record.subject if isinstance(record, Certificate) else record
    return acts_inside(user, place.wilayah_id, Role.VERIFIER)


def can_compare(user: User, one: Record, other: Record) -> bool:
    """Say whether two records in use are the same: who sees both, and works as officer or verifier where one lies."""
    both_in_use = one.is_in_use and other.is_in_use
    works = any(acts_inside(user, record.wilayah_id, *CATALOGUE_EDITORS) for record in (one, other))
    return both_in_use and works and can_see(user, one) and can_see(user, other)


def can_see_contact(user: User, ikm: IKM) -> bool:
    """See owner, telephone and e-mail. Personal data: only who works in the area, never a leader."""
    return acts_inside(user, ikm.wilayah_id, *CATALOGUE_EDITORS)


def can_open_papers(user: User, record: Record) -> bool:
    """Open the files of certificates and of the NIB; they may show personal data."""
    return acts_inside(user, record.wilayah_id, *CATALOGUE_EDITORS)


def can_check_certificate(user: User, certificate: Certificate) -> bool:
    """Mark a certificate in use as checked against the paper: a verifier whose duty contains the area."""
    is_in_use = certificate.is_in_use and certificate.subject.is_in_use
    return is_in_use and acts_inside(user, certificate.subject.wilayah_id, Role.VERIFIER)


def can_edit_note(user: User, note: Note) -> bool:
    """Change a note: its writer, as long as the record may be edited."""
    return note.created_by_id == user.pk and can_edit(user, note.subject)


def can_withdraw_note(user: User, note: Note) -> bool:
    """Withdraw a note: its writer, or a verifier whose duty contains the area of the record in use."""
    subject = note.subject
    return can_edit_note(user, note) or (subject.is_in_use and acts_inside(user, subject.wilayah_id, Role.VERIFIER))


def can_bring_back_note(user: User, note: Note) -> bool:
    """Show a withdrawn note again: who withdrew it. What a verifier withdrew its writer does not bring back."""
    withdrawer = note.withdrawn_by_id or note.created_by_id
    return withdrawer == user.pk and can_withdraw_note(user, note)


def can_see_part(user: User, part: Certificate | Photo) -> bool:
    """See that a certificate or photo exists: whoever sees the record it belongs to."""
    return can_see(user, part.subject)


def editing_areas(user: User) -> tuple[str, ...]:
    """Codes of the areas in which `user` may add and change records; "" is the whole country."""
    return duty_areas(user, *CATALOGUE_EDITORS)
