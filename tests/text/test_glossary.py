"""What is told to readers in Indonesian uses the terms of a civil servant; each one left has its better one."""

import re
from importlib.resources import files
from tomllib import loads

import pytest

PREFERRED = {
    r"kesenjangan(nya)?( yang)? tertutup": "penurunan kesenjangan",
    r"menutup kesenjangan|ditutup program": "mengurangi kesenjangan",
    r"kesenjangan wilayah": "kesenjangan terhadap target ('ketimpangan antarwilayah' is an issue)",
    r"di?janjikan|menjanjikan": "komitmen, menurut rencana",
    r"kisaran": "rentang",
    r"\bmedian\b": "nilai tengah",
    r"masa depan": "simulasi",
    r"\bpemecah\b": "perangkat lunak optimasi (solver)",
    r"\bcelah": "selisih terhadap batas",
    r"\bsidik\b": "kode hash",
    r"\bikatan\b": "hubungan, kekuatan hubungan",
    r"\bpemegang": "pengelola",
    r"mempengaruhi": "memengaruhi (KBBI)",
    r"batas pemerataan": "ambang pemerataan",
    r"\bpokir\b": "pokok-pokok pikiran DPRD",
    r"Rp[ \u00a0](\d|\{)": "Rp627 miliar (EYD V)",
    r"urutan setara": "urutan bila bobot kriteria sama",
    r"menjalankan lagi": "cara mengulang penghitungan",
    r"nasib": "status akhir",
    r"wajar, bukan hasil": "disusun sebagai contoh",
    r"paling sedikit terbantu": "dengan manfaat terkecil",
    r"yang dikejar": "tujuan",
    r"\bsetujui\b|\btandatangani\b": "disarankan agar ... disetujui, ditandatangani",
}
"""Expressions that readers stumbled over, and what is said instead."""
TEXTS = {
    f"{path.name} {key}": re.sub(r"\{[^}]*\}", "{}", str(text))
    for path in files("jspmodel").joinpath("text", "id").iterdir()
    if path.name.endswith(".toml")
    for key, text in [
        (f"{section} {key}", text)
        for section, part in loads(path.read_text("utf-8")).items()
        for key, text in (part.items() if isinstance(part, dict) else [("", part)])
    ]
}


@pytest.mark.parametrize("wrong", PREFERRED, ids=PREFERRED.values())
def test_readers_meet_the_preferred_term(wrong):
    found = [f"{place}: {text}" for place, text in TEXTS.items() if re.search(wrong, text, re.IGNORECASE)]
    assert not found, f"write {PREFERRED[wrong]}"


def test_the_texts_are_all_read():
    assert len(TEXTS) > 3000
    assert any("Penurunan kesenjangan" in text for text in TEXTS.values())
