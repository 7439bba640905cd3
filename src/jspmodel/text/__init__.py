"""Wording for people in Indonesian and English, and their number formats."""

from jspmodel.text.dates import day, moment
from jspmodel.text.labels import listed, short_names, unit_name, who
from jspmodel.text.numbers import money, number, percent, signed
from jspmodel.text.problems import listing, worded, words
from jspmodel.text.proofs import describe_proof, format_gap, proof_sentence
from jspmodel.text.run_names import run_name
from jspmodel.text.selection_reasons import reason_text, remedy_text
from jspmodel.text.table import Table
from jspmodel.text.wording import LANGUAGES, all_wording, default_language, say

__all__ = [
    "LANGUAGES",
    "Table",
    "all_wording",
    "day",
    "default_language",
    "describe_proof",
    "format_gap",
    "listed",
    "listing",
    "moment",
    "money",
    "number",
    "percent",
    "proof_sentence",
    "reason_text",
    "remedy_text",
    "run_name",
    "say",
    "short_names",
    "signed",
    "unit_name",
    "who",
    "worded",
    "words",
]
