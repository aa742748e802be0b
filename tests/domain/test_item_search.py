import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalogue import ItemState, ProjectType, ServiceItem
from app.domain.item_search import IndexedItem, ItemIndex, Rank

LETTERS = {
    "居": ("ju", "ji"),
    "住": ("zhu",),
    "证": ("zheng",),
    "明": ("ming",),
    "登": ("deng",),
    "记": ("ji",),
    "户": ("hu",),
    "籍": ("ji",),
    "补": ("bu",),
    "贴": ("tie",),
    "低": ("di",),
    "保": ("bao",),
    "西": ("xi",),
    "安": ("an",),
}


def readings(text):
    """Read every character as in ``LETTERS``: the first way, then the second where there is one."""
    ways = [LETTERS.get(character, (character.lower(),)) for character in text]
    return tuple(dict.fromkeys((tuple(way[0] for way in ways), tuple(way[-1] for way in ways))))


def item(name, code="519900000000", **values):
    values = {"project_type": ProjectType.COMMITTED, "department": "云溪镇人民政府", **values}
    return ServiceItem(code=code, name=name, **values)


def index(*items):
    return ItemIndex(
        IndexedItem(one, readings(one.title), tuple(way for word in one.keywords for way in readings(word)))
        for one in items
    )


def found(typed, *items, uses=None, limit=8):
    return [hit.item.title for hit in index(*items).search(typed, uses or {}, limit)]


def only(typed, one):
    (hit,) = index(one).search(typed, {}, 8)
    return hit.rank, hit.matched


RESIDENCE = item("居住证明", "510117051000", scene="本镇居民", keywords=("住址证明", "开WiFi"))

# --- what finds an item --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "rank", "matched"),
    [
        ("居住证明", Rank.EXACT, (0, 4)),
        ("居住证明（本镇居民）", Rank.EXACT, (0, 10)),
        ("居住", Rank.PREFIX, (0, 2)),
        ("证明", Rank.INSIDE, (2, 4)),
        ("本镇", Rank.INSIDE, (5, 7)),
        ("住址证明", Rank.KEYWORD, None),
        ("住址", Rank.NEAR, None),
        ("云溪", Rank.DEPARTMENT, None),
        ("  居住\t", Rank.PREFIX, (0, 2)),
    ],
)
def test_text_is_found_in_title_keywords_and_department(typed, rank, matched):
    assert only(typed, RESIDENCE) == (rank, matched)


@pytest.mark.parametrize(
    ("typed", "rank", "matched"),
    [
        ("jzzm", Rank.EXACT, (0, 4)),
        ("JZZM", Rank.EXACT, (0, 4)),
        ("jz", Rank.PREFIX, (0, 2)),
        ("zm", Rank.INSIDE, (2, 4)),
        ("juzhu", Rank.PREFIX, (0, 2)),
        ("juzhuz", Rank.PREFIX, (0, 3)),
        ("juzhuzhengming", Rank.EXACT, (0, 4)),
        ("ju zhu", Rank.PREFIX, (0, 2)),
        ("jizhu", Rank.PREFIX, (0, 2)),
        ("zhengming", Rank.INSIDE, (2, 4)),
        ("wifi", Rank.NEAR, None),
    ],
)
def test_letters_are_found_as_initials_and_as_syllables(typed, rank, matched):
    assert only(typed, RESIDENCE) == (rank, matched)


def test_syllables_may_be_parted_by_an_apostrophe():
    assert only("xi'an", item("西安登记")) == (Rank.PREFIX, (0, 2))


@pytest.mark.parametrize(
    ("typed", "rank"),
    [("510117051000", Rank.EXACT), ("5101", Rank.PREFIX), ("7051", Rank.INSIDE), ("051", Rank.INSIDE)],
)
def test_three_characters_of_a_code_find_it_without_marking_the_title(typed, rank):
    assert only(typed, RESIDENCE) == (rank, None)


def test_an_older_provincial_code_is_found_by_any_part():
    old = item("登记", "511A0138000000-511602000000-000-1-00")
    assert only("511a01", old) == (Rank.PREFIX, None)
    assert only("0000-5116", old) == (Rank.INSIDE, None)


@pytest.mark.parametrize("typed", ["", "   ", "05", "hu", "uzhu", "'", "民居", "jzzmx", "居住证明\n居住证明"])
def test_what_does_not_fit_finds_nothing(typed):
    assert found(typed, RESIDENCE) == []


def test_a_hit_never_runs_from_one_title_into_the_next():
    assert found("证明户籍", item("居住证明", "1"), item("户籍登记", "2")) == []
    assert found("zmhj", item("居住证明", "1"), item("户籍登记", "2")) == []


# --- the order -----------------------------------------------------------------------------------------------


def test_a_better_fit_comes_first():
    items = [
        item("补贴", "519900000005", department="居住办"),
        item("登记", "519900000004", keywords=("不居住者",)),
        item("外来人口居住登记", "519900000003"),
        item("户籍", "519900000002", keywords=("居住",)),
        item("居住证明", "519900000001"),
        item("居住", "519900000000"),
    ]
    assert found("居住", *items) == ["居住", "居住证明", "户籍", "外来人口居住登记", "登记", "补贴"]


def test_of_equal_fit_the_frequently_used_comes_first():
    items = [item("居住登记", "1"), item("居住证明", "2")]
    assert found("居住", *items, uses={"2": 3, "1": 2}) == ["居住证明", "居住登记"]
    assert found("居住", *items, uses={"2": 2, "1": 3}) == ["居住登记", "居住证明"]


def test_frequent_use_does_not_beat_a_better_fit():
    assert found("证明", item("居住证明", "1"), item("证明", "2"), uses={"1": 99})[0] == "证明"


def test_of_equal_use_immediate_ones_come_first_then_by_title():
    items = [item("居住补贴", "1"), item("居住保", "2"), item("居住登记", "3", project_type=ProjectType.IMMEDIATE)]
    assert found("居住", *items) == ["居住登记", "居住保", "居住补贴"]


@pytest.mark.parametrize("state", [ItemState.FORBIDDEN, ItemState.FROZEN, ItemState.CANCELLED])
def test_what_cannot_be_opened_is_found_after_what_can(state):
    closed = item("居住一", "1", state=state, project_type=ProjectType.IMMEDIATE)
    assert found("居住", closed, item("居住二", "2"), uses={"1": 50}) == ["居住二", "居住一"]


def test_the_list_ends_where_it_should_with_the_best():
    items = [item(f"登记居住{n}", f"{n}") for n in range(20)] + [item("居住", "20")]
    assert found("居住", *items, limit=3) == ["居住", "登记居住0", "登记居住1"]
    assert found("居住", *items, limit=0) == []


def test_an_item_is_found_once_however_often_it_fits():
    assert found("住", item("住住证", scene="住", keywords=("住", "住址"))) == ["住住证（住）"]


# --- for any catalogue ---------------------------------------------------------------------------------------

NAMES = st.text(alphabet="".join(LETTERS), min_size=1, max_size=8)


@given(names=st.lists(NAMES, min_size=1, max_size=8), typed=st.text(alphabet="".join(LETTERS), min_size=1, max_size=3))
def test_exactly_the_titles_that_hold_the_text_are_found_and_marked(names, typed):
    items = [item(name, f"{n}") for n, name in enumerate(names)]
    hits = index(*items).search(typed, {}, len(items))
    assert sorted(hit.item.code for hit in hits) == sorted(one.code for one in items if typed in one.title)
    for hit in hits:
        start, end = hit.matched
        assert hit.item.title[start:end] == typed


@given(name=NAMES, data=st.data())
def test_every_run_of_syllables_of_a_name_finds_it(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    way = readings(name)[0][start:end]
    for typed in ("".join(way), "".join(syllable[0] for syllable in way)):
        assert found(typed, item(name)) == [name]
