"""Short names and lists."""

import pytest

from hand import rows
from jspmodel.intake.regencies import region_codes, region_rows
from jspmodel.text import labels, listed, short_names, who
from small_decision import small_case


def named(*names):
    return small_case(
        regions=rows("region name population", *((f"R{k}", name, 1) for k, name in enumerate(names)))
    )


def test_the_kind_is_left_out_but_of_a_city_which_may_be_called_as_its_province():
    case = named("Kabupaten Sleman", "Kota Yogyakarta", "Kemantren Danurejan")
    assert list(short_names(case).values()) == ["Sleman", "Kota Yogyakarta", "Kemantren Danurejan"]


def test_but_not_where_two_regions_would_be_called_the_same():
    case = named("Kabupaten Semarang", "Kota Semarang", "Kota Salatiga")
    assert list(short_names(case).values()) == ["Kab. Semarang", "Kota Semarang", "Kota Salatiga"]


def test_two_of_the_very_same_name_are_told_by_their_codes():
    assert list(short_names(named("Desa Sidomulyo", "Desa Sidomulyo", "Desa Sari")).values()) == [
        "Desa Sidomulyo (R0)", "Desa Sidomulyo (R1)", "Desa Sari",
    ]  # fmt: skip


def test_nor_where_the_city_of_that_name_is_outside_the_case():
    case = named("Kabupaten Pasuruan", "Kabupaten Jember", "Kabupaten Banjar")
    assert list(short_names(case).values()) == ["Kab. Pasuruan", "Jember", "Banjar"]


def test_the_names_that_a_kabupaten_shares_with_a_kota_of_its_province_are_the_official_ones():
    official = region_rows(region_codes())
    places = {(row["region"][:2], *row["name"].split(" ", 1)) for row in official}
    shared = {
        name for province, kind, name in places if kind == "Kota" and (province, "Kabupaten", name) in places
    }
    assert shared == labels._ALSO_KOTA


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a dan b"), (["a", "b", "c"], "a, b, dan c")],
)
def test_lists(words, expected):
    assert listed(words, "id") == expected


def test_all_regions_are_counted():
    case = named("Kabupaten A", "Kabupaten B", "Kota C")
    assert who(["R0", "R1", "R2"], case, "id") == "Semua daerah (3)"
    assert who(["R0", "R2"], case, "en") == "A and Kota C"
    assert who([], case, "id") == "Seluruh wilayah"


def test_the_kind_that_the_table_names_is_left_out():
    names = [("a", "Kemantren Kraton", "kemantren"), ("b", "Dinas Kesehatan", "dinas"), ("c", "Kota", "kota")]
    case = small_case(regions=rows("region name kind", *names))
    assert list(short_names(case).values()) == ["Kraton", "Kesehatan", "Kota"]


def test_many_regions_are_counted_first():
    case = named(*"ABCDEFGH")
    assert who([f"R{k}" for k in range(7)], case, "id") == "7 dari 8 daerah: A, B, C, D, E, F, dan G"
    assert who([f"R{k}" for k in range(6)], case, "id") == "A, B, C, D, E, dan F"
