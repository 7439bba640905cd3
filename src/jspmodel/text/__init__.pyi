from .breaches import describe_breach, describe_mend
from .dates import day, moment
from .intervals import interval, rounded_down, rounded_up, span
from .labels import listed, short_names, table_word, unit_name, who
from .numbers import money, number, percent, reads_as_zero, shortest, signed
from .problems import listing, worded, words
from .proofs import describe_proof, format_gap, proof_sentence
from .run_names import run_name
from .selection_reasons import reason_names, reason_text, remedy_text
from .summaries import graph_html
from .table import Table
from .untrusted_text import printable, visible, xml_text
from .wording import LANGUAGES, all_wording, default_language, say

__all__ = [
    "LANGUAGES",
    "Table",
    "all_wording",
    "day",
    "default_language",
    "describe_breach",
    "describe_mend",
    "describe_proof",
    "format_gap",
    "graph_html",
    "interval",
    "listed",
    "listing",
    "moment",
    "money",
    "number",
    "percent",
    "printable",
    "proof_sentence",
    "reads_as_zero",
    "reason_names",
    "reason_text",
    "remedy_text",
    "rounded_down",
    "rounded_up",
    "run_name",
    "say",
    "short_names",
    "shortest",
    "signed",
    "span",
    "table_word",
    "unit_name",
    "visible",
    "who",
    "worded",
    "words",
    "xml_text",
]
