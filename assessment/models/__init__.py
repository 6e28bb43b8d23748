"""Instruments, assessments with their sheets and evidence, and the decisions that are never rewritten."""

from assessment.models.assessment import Assessment
from assessment.models.decision import NOTHING_BEFORE, ChainHead, Decision, Remark, Step
from assessment.models.evidence import Evidence, EvidenceTie
from assessment.models.gate import Gate
from assessment.models.instrument import Check, Criterion, Indicator, Instrument, Level, StarBand
from assessment.models.round import Authority, Round
from assessment.models.sheet import CheckAnswer, Score, ScoreSheet

__all__ = [
    "NOTHING_BEFORE",
    "Assessment",
    "Authority",
    "ChainHead",
    "Check",
    "CheckAnswer",
    "Criterion",
    "Decision",
    "Evidence",
    "EvidenceTie",
    "Gate",
    "Indicator",
    "Instrument",
    "Level",
    "Remark",
    "Round",
    "Score",
    "ScoreSheet",
    "StarBand",
    "Step",
]
