import pytest

from dispcli.core.policy import WINDOWS, Window
from dispcli.core.policy_reading import parse_policy
from dispcli.core.reasons import CLAIM_REASONS
from dispcli.core.toml_reading import Mistakes

SOUND = {"by": "seller", "after": "opening", "days": 5, "source": "help page", "seen": "2026-11-01"}


def told(**changes):
    """A policy's TOML values; a key changed to None is left out."""
    data = {
        "marketplace": "aliexpress",
        "name": "AliExpress",
        "zone": "America/Los_Angeles",
        "windows": {"seller_answers": SOUND},
    } | changes
    return {key: value for key, value in data.items() if value is not None}


def window(**changes):
    return told(windows={"seller_answers": {k: v for k, v in (SOUND | changes).items() if v is not None}})


def mistakes(data):
    with pytest.raises(Mistakes) as problem:
        parse_policy(data)
    assert str(problem.value) == "; ".join(problem.value.mistakes)
    return problem.value.mistakes


def test_a_policy_is_read_whole():
    policy = parse_policy(
        told(
            hosts=["aliexpress.com"],
            order_page="https://example.org/{number}",
            reopening=False,
            claims=["damaged"],
            cancel_steps=["open the order"],
        )
    )
    assert (policy.marketplace, policy.name, policy.hosts) == (
        "aliexpress",
        "AliExpress",
        ("aliexpress.com",),
    )
    assert (policy.order_page, policy.reopening) == ("https://example.org/{number}", False)
    assert (policy.claims, policy.cancel_steps) == (("damaged",), ("open the order",))


def test_what_may_be_left_out_has_a_default():
    policy = parse_policy(told(windows=None))
    assert (policy.hosts, policy.order_page, policy.reopening) == ((), None, True)
    assert (policy.windows, policy.claims, policy.cancel_steps) == ({}, (), ())


@pytest.mark.parametrize("name", WINDOWS)
def test_a_window_is_read_with_its_source(name):
    full = SOUND | {"business_days": True, "second_hand": True, "note": "or else"}
    assert parse_policy(told(windows={name: full})).windows == {
        name: Window(5, True, "help page", "2026-11-01", True, "or else", "seller", "opening")
    }


def test_a_window_says_little_unless_told():
    read = parse_policy(told()).windows["seller_answers"]
    assert (read.business_days, read.second_hand, read.note) == (False, False, "")


def test_a_policy_cannot_be_changed_once_read():
    policy = parse_policy(told())
    with pytest.raises(TypeError):
        policy.windows["open"] = policy.windows["seller_answers"]


@pytest.mark.parametrize("slug", CLAIM_REASONS)
def test_every_claim_reason_may_stand_in_a_policy(slug):
    assert parse_policy(told(claims=[slug])).claims == (slug,)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (told(marketplace=None), ["marketplace: missing"]),
        (told(name=7), ["name: not a text"]),
        (told(reopening="no"), ["reopening: not true or false"]),
        (told(hosts="aliexpress.com"), ["hosts: not a list"]),
        (told(hosts=["aliexpress.com", 7]), ["hosts: not a list of texts"]),
        (told(claims=["broken heart"]), ["claims: unknown claim reason 'broken heart'"]),
        (told(color="red"), ["color: unknown key"]),
        (told(windows=[]), ["windows: not a table"]),
        (told(windows={"open": 15}), ["windows.open: not a table"]),
        (told(windows={"tea": SOUND}), ["windows.tea: unknown window"]),
        (window(days="five"), ["days: not a whole number", "days: out of range"]),
        (window(days=True), ["days: not a whole number", "days: out of range"]),
        (window(days=0), ["days: out of range"]),
        (window(days=3651), ["days: out of range"]),
        (window(source=None), ["source: missing"]),
        (window(seen="yesterday"), ["seen: not a day"]),
        (window(business_days=1), ["business_days: not true or false"]),
        (window(mood="good"), ["mood: unknown key"]),
    ],
)
def test_a_mistake_is_named_with_its_key(data, expected):
    found = mistakes(data)
    assert len(found) == len(expected)
    assert [told for told, wanted in zip(found, expected, strict=True) if wanted not in told] == []


@pytest.mark.parametrize("days", [1, 3650])
def test_the_edges_of_a_window_are_allowed(days):
    assert parse_policy(window(days=days)).windows["seller_answers"].days == days


def test_every_mistake_is_reported_at_once():
    data = told(
        name=None,
        hosts=[1],
        color="red",
        claims=["broken heart"],
        windows={"open": 15, "seller_answers": SOUND | {"days": 0, "mood": "good"}},
    )
    assert [mistake.split(":")[0] for mistake in mistakes(data)] == [
        "name",
        "hosts",
        "windows.open",
        "windows.seller_answers.days",
        "windows.seller_answers.mood",
        "claims",
        "color",
    ]


def test_the_given_values_are_left_as_they_were():
    data = told()
    parse_policy(data)
    assert data == told()
