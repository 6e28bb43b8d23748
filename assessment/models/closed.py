"""The trigger that keeps what was rated as it is once the state of its assessment no longer allows a change."""

import pgtrigger


class Closed(pgtrigger.Trigger):
    """Refuses a change of what was rated once the assessment's state no longer allows it.

    `state_query` is SQL that yields `state` and `kind` for the row `r`. Nothing moves after the end; while the dinas
    has it, only the decision sheet does.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    declare = [("found", "RECORD"), ("r", "RECORD")]

    def __init__(self, *, state_query: str) -> None:
        func = f"""
            IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
            {state_query}
            IF found.state IN ('decided', 'eliminated', 'revoked', 'withdrawn')
               OR (found.kind = 'proposal' AND found.state IN ('submitted', 'in_review')) THEN
                RAISE EXCEPTION 'the assessment is closed for changes'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_closed';
            END IF;
            RETURN r;
        """
        super().__init__(name="closed", func=func)


OF_SHEET = """
    SELECT a.state, s.kind INTO found FROM assessment_scoresheet s
      JOIN assessment_assessment a ON a.id = s.assessment_id WHERE s.id = r.sheet_id;
"""
OF_EVIDENCE = """
    SELECT a.state, 'proposal' AS kind INTO found FROM assessment_assessment a WHERE a.id = r.assessment_id;
"""
OF_TIE = """
    SELECT a.state, 'proposal' AS kind INTO found FROM assessment_evidence e
      JOIN assessment_assessment a ON a.id = e.assessment_id WHERE e.id = r.evidence_id;
"""
