"""Triggers that keep a published instrument as it is, whoever asks: a page, the admin, a shell or plain SQL."""

import pgtrigger

EVERY_WRITE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


class OnlyForward(pgtrigger.Trigger):
    """An instrument is born a draft, is published, is retired; from publishing on nothing else about it changes."""

    name = "only_forward"
    when = pgtrigger.Before
    operation = EVERY_WRITE
    func = """
        IF TG_OP = 'DELETE' THEN
            IF OLD.state = 'draft' THEN
                RETURN OLD;
            END IF;
        ELSIF TG_OP = 'INSERT' THEN
            IF NEW.state = 'draft' THEN
                RETURN NEW;
            END IF;
        ELSIF NEW IS NOT DISTINCT FROM OLD OR OLD.state = 'draft' AND NEW.state IN ('draft', 'published') THEN
            RETURN NEW;
        ELSIF OLD.state = 'published' AND NEW.state = 'retired'
              AND to_jsonb(NEW) - '{state,retired_at}'::text[] = to_jsonb(OLD) - '{state,retired_at}'::text[] THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'an instrument that was published is frozen'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'instrument_frozen';
    """


class FrozenWithInstrument(pgtrigger.Trigger):
    """Refuses to add, change or delete a part of an instrument that is no longer a draft.

    `owner` is SQL for the id of the part's instrument; `{row}` in it stands for OLD or NEW. The instrument is locked
    first, so that no part slips in between the checks of `publish` and its commit.
    """

    name = "frozen_with_instrument"
    when = pgtrigger.Before
    operation = EVERY_WRITE
    declare = [("owner_before", "BIGINT"), ("owner_after", "BIGINT")]

    def __init__(self, owner: str) -> None:
        super().__init__()
        self.owner = owner

    def get_func(self, model: type) -> str:
        return f"""
        IF TG_OP <> 'INSERT' THEN
            owner_before := {self.owner.format(row="OLD")};
        END IF;
        IF TG_OP <> 'DELETE' THEN
            owner_after := {self.owner.format(row="NEW")};
        END IF;
        PERFORM FROM assessment_instrument WHERE id IN (owner_before, owner_after) FOR SHARE;
        IF EXISTS (
            SELECT FROM assessment_instrument WHERE id IN (owner_before, owner_after) AND state <> 'draft'
        ) THEN
            RAISE EXCEPTION 'a part of a published instrument is frozen'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'instrument_frozen';
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
        """


class UsesPublished(pgtrigger.Trigger):
    """Refuses a round whose instrument is not published: levels would be given under rules that still change.

    A round keeps its instrument after that is retired; only choosing one is looked at.
    """

    name = "uses_published"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update
    func = """
        IF TG_OP = 'UPDATE' AND NEW.instrument_id = OLD.instrument_id THEN
            RETURN NEW;
        END IF;
        IF NOT EXISTS (
            SELECT FROM assessment_instrument WHERE id = NEW.instrument_id AND state = 'published'
        ) THEN
            RAISE EXCEPTION 'a round needs a published instrument'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'round_uses_published';
        END IF;
        RETURN NEW;
    """


OF_INSTRUMENT = "{row}.instrument_id"
OF_CRITERION = "(SELECT instrument_id FROM assessment_criterion WHERE id = {row}.criterion_id)"
OF_INDICATOR = (
    "(SELECT c.instrument_id FROM assessment_indicator i JOIN assessment_criterion c ON c.id = i.criterion_id"
    " WHERE i.id = {row}.indicator_id)"
)
OF_CHECK = (
    "(SELECT c.instrument_id FROM assessment_check k JOIN assessment_indicator i ON i.id = k.indicator_id"
    " JOIN assessment_criterion c ON c.id = i.criterion_id WHERE k.id = {row}.check_line_id)"
)
OF_GATE = "(SELECT instrument_id FROM assessment_gate WHERE id = {row}.gate_id)"
