"""The trigger that keeps what was rated as it is once the state of its assessment no longer allows a change."""

import pgtrigger


class Closed(pgtrigger.Trigger):
    """Refuses a change of what was rated once the assessment's state no longer allows it.

    `rated` is SQL that yields `state` and `kind` for the row as it was and as it is to be, so that nothing is moved
    out of a closed assessment either. Nothing moves after the end; while the dinas has it, only the decision sheet
    does.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

    def __init__(self, *, rated: str) -> None:
        func = f"""
            IF EXISTS (
                SELECT FROM ({rated}) AS rated
                 WHERE state IN ('decided', 'eliminated', 'revoked', 'withdrawn')
                    OR kind = 'proposal' AND state IN ('submitted', 'in_review')
            ) THEN
                RAISE EXCEPTION 'the assessment is closed for changes'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_closed';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """
        super().__init__(name="closed", func=func)


# OLD is NULL where a row is added, NEW where one is deleted; IN passes over NULL.
OF_SHEET = """
    SELECT a.state, s.kind FROM assessment_scoresheet s
      JOIN assessment_assessment a ON a.id = s.assessment_id WHERE s.id IN (OLD.sheet_id, NEW.sheet_id)
"""
OF_EVIDENCE = """
    SELECT a.state, 'proposal' AS kind FROM assessment_assessment a
     WHERE a.id IN (OLD.assessment_id, NEW.assessment_id)
"""
OF_TIE = """
    SELECT a.state, 'proposal' AS kind FROM assessment_evidence e
      JOIN assessment_assessment a ON a.id = e.assessment_id WHERE e.id IN (OLD.evidence_id, NEW.evidence_id)
"""
