from datetime import date

import pytest

from dispcli.core.policy import ACTORS, CONSEQUENCES, STARTS, WINDOWS, EvidenceRules, Source, Window
from dispcli.core.policy_reading import parse_policy
from dispcli.core.reasons import CLAIM_REASONS
from dispcli.core.toml_reading import Mistakes

SOUND = {"by": "seller", "after": "opening", "days": 5, "source": "help"}
HELP = {"text": "help page", "url": "https://example.org/help", "seen": "2026-11-01"}


SECTIONS = ("claims", "cancel_reasons", "evidence")
SINGLE = ("hosts", "order_page", "reopening", "cancel_steps")


def told(**changes):
    """A policy's TOML values; a key changed to None is left out."""
    data = {
        "marketplace": "aliexpress",
        "name": "AliExpress",
        "zone": "America/Los_Angeles",
        "windows": {"seller_answers": SOUND},
        "sources": {"help": HELP},
    } | changes
    if "known_from" not in changes:
        sections = [key for key in (*SECTIONS, "zone", *SINGLE) if data.get(key) is not None]
        data["known_from"] = dict.fromkeys(sections, "help")
    return {key: value for key, value in data.items() if value is not None}


def window(**changes):
    return told(windows={"seller_answers": {k: v for k, v in (SOUND | changes).items() if v is not None}})


def source(**changes):
    return told(sources={"help": {k: v for k, v in (HELP | changes).items() if v is not None}})


def mistakes(data):
    with pytest.raises(Mistakes) as problem:
        parse_policy(data)
    assert str(problem.value) == "; ".join(problem.value.mistakes)
    return problem.value.mistakes


def test_a_policy_is_read_whole():
    policy = parse_policy(
        told(
            hosts=["aliexpress.com"],
            order_page="https://www.aliexpress.com/{number}",
            reopening=False,
            claims={"damaged": ["D1", "D2"], "late": []},
            cancel_reasons={"agreement": ["A"]},
            cancel_steps=["open the order"],
            evidence={"formats": ["jpg"], "max_bytes": 10, "max_video_seconds": 60},
            help_pages=["help"],
        )
    )
    assert (policy.marketplace, policy.name, policy.hosts) == (
        "aliexpress",
        "AliExpress",
        ("aliexpress.com",),
    )
    assert (policy.order_page, policy.reopening) == ("https://www.aliexpress.com/{number}", False)
    assert (policy.claims, policy.cancel_steps) == (("damaged", "late"), ("open the order",))
    assert policy.claim_codes == {"damaged": ("D1", "D2")}
    assert policy.cancel_reasons == {"agreement": ("A",)}
    assert policy.evidence == EvidenceRules(("jpg",), 10, None, None, 60)
    assert policy.help_pages == (Source("help page", "https://example.org/help", "2026-11-01", False),)
    assert (policy.own, policy.file) == ((), None)


def test_what_may_be_left_out_has_a_default():
    policy = parse_policy(told(windows=None))
    assert (policy.hosts, policy.order_page, policy.reopening) == ((), None, True)
    assert (policy.windows, policy.claims, policy.cancel_steps) == ({}, (), ())
    assert (policy.claim_codes, policy.cancel_reasons, policy.help_pages) == ({}, {}, ())
    assert policy.evidence == EvidenceRules()


@pytest.mark.parametrize(
    ("name", "start", "by"),
    [(name, start, by) for name in STARTS for start in STARTS[name] for by in ACTORS[name]],
)
def test_a_window_is_read_with_its_source(name, start, by):
    full = SOUND | {"by": by, "after": start, "business_days": True, "note": "or else"}
    data = told(windows={name: full}, sources={"help": HELP | {"second_hand": True}})
    url = "https://example.org/help"
    assert parse_policy(data).windows == {
        name: Window(5, True, "help page", "2026-11-01", True, "or else", by, start, 0, url)
    }


@pytest.mark.parametrize("then", [None, "concede", "escalate"])
def test_a_window_may_tell_what_its_passing_means(then):
    assert parse_policy(window(then=then)).windows["seller_answers"].then == then


def test_what_a_windows_passing_can_not_mean_is_a_mistake():
    with pytest.raises(Mistakes) as wrong:
        parse_policy(window(then="vanish"))
    told_of = "windows.seller_answers.then: no such value: 'vanish' (one of: concede, escalate)"
    assert wrong.value.mistakes == (told_of,)


@pytest.mark.parametrize("name", [name for name in WINDOWS if name not in CONSEQUENCES])
def test_only_a_sellers_silence_means_anything_by_itself(name):
    full = SOUND | {"by": ACTORS[name][0], "after": STARTS[name][0], "then": "concede"}
    with pytest.raises(Mistakes, match=rf"windows\.{name}\.then: unknown"):
        parse_policy(told(windows={name: full}))


def test_a_window_may_be_told_in_hours():
    read = parse_policy(window(days=None, hours=48)).windows["seller_answers"]
    assert (read.days, read.hours) == (0, 48)


def test_every_value_is_known_from_its_own_source_or_its_sections():
    data = told(
        claims={"late": [], "damaged": []},
        sources={"help": HELP, "guide": {"text": "a guide", "seen": "2026-10-01", "second_hand": True}},
        known_from={"zone": "help", "claims": "help", "claims.late": "guide"},
    )
    known = parse_policy(data).sources
    assert {key: source.text for key, source in known.items()} == {
        "zone": "help page",
        "claims": "help page",
        "claims.late": "a guide",
    }
    assert known["claims.late"] == Source("a guide", None, "2026-10-01", True)


def test_a_source_given_beside_the_data_counts():
    own = Source("your own file", None, None, False)
    assert parse_policy(told(known_from={"zone": "own"}), {"own": own}).sources == {"zone": own}


def test_a_day_may_be_one_of_tomls_own():
    data = told(sources={"help": HELP | {"seen": date(2026, 11, 20)}})
    assert parse_policy(data).windows["seller_answers"].seen == "2026-11-20"


def test_a_window_says_little_unless_told():
    read = parse_policy(told()).windows["seller_answers"]
    assert (read.business_days, read.second_hand, read.note, read.then) == (False, False, "", None)


def test_a_policy_cannot_be_changed_once_read():
    policy = parse_policy(told())
    with pytest.raises(TypeError):
        policy.windows["open"] = policy.windows["seller_answers"]


@pytest.mark.parametrize("slug", CLAIM_REASONS)
def test_every_claim_reason_may_stand_in_a_policy(slug):
    assert parse_policy(told(claims={slug: []})).claims == (slug,)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (told(marketplace=None), ["marketplace: missing"]),
        (told(name=7), ["name: not a text"]),
        (told(reopening="no"), ["reopening: not true or false"]),
        (told(hosts="aliexpress.com"), ["hosts: not a list"]),
        (told(hosts=["aliexpress.com", 7]), ["hosts: not a list of texts"]),
        (told(hosts=["https://aliexpress.com"]), ["hosts: 'https://aliexpress.com' is not a host"]),
        (told(claims={"broken heart": []}), ["claims.broken heart: unknown reason"]),
        (told(claims=["late"]), ["claims: not a table"]),
        (told(claims={"late": [1]}), ["claims.late: not a list of texts"]),
        (told(cancel_reasons={"late": []}), ["cancel_reasons.late: unknown reason"]),
        (told(marketplace="Ali Express"), ["marketplace: no name of a marketplace"]),
        (told(name=" "), ["name: empty"]),
        (told(zone="Moon/Base"), ["zone: no such time zone: 'Moon/Base'"]),
        (told(zone="../../etc/passwd"), ["zone: no such time zone"]),
        (told(hosts=["a.org"], order_page="https://a.org/"), ["order_page: must have {number} once"]),
        (told(hosts=["a.org"], order_page="https://a.org/{number}{0}"), ["order_page: must have"]),
        (told(hosts=["a.org"], order_page="https://a.org/{number.real}"), ["order_page: must have"]),
        (told(hosts=["a.org"], order_page="ftp://a.org/{number}"), ["order_page: no address"]),
        (told(hosts=["a.org"], order_page="https://b.org\\@a.org/{number}"), ["order_page: no address"]),
        (told(hosts=["a.org"], order_page="https://b.org/{number}"), ["its host is none of hosts"]),
        (told(hosts=["a.org"], order_page="https://nota.org/{number}"), ["its host is none of hosts"]),
        (told(evidence={"formats": [".jpg"]}), ["evidence.formats: '.jpg' is not"]),
        (told(evidence={"max_bytes": 0}), ["evidence.max_bytes: out of range"]),
        (told(evidence={"max_files": "10"}), ["evidence.max_files: not a whole number"]),
        (told(evidence={"sound": True}), ["evidence.sound: unknown key"]),
        (told(help_pages=["nosuch"]), ["help_pages: no such source: 'nosuch'"]),
        (told(known_from={}), ["known_from.zone: missing"]),
        (told(known_from={"zone": "nosuch"}), ["known_from.zone: no such source: 'nosuch'"]),
        (told(known_from={"zone": 7}), ["known_from.zone: not a text"]),
        (told(known_from={"zone": "help", "tea": "help"}), ["known_from.tea: there is no such value"]),
        (source(text=None), ["sources.help.text: missing"]),
        (source(text=" "), ["sources.help.text: empty"]),
        (source(url="example.org"), ["sources.help.url: no address"]),
        (source(seen=None), ["sources.help.seen: missing"]),
        (source(seen="20261101"), ["sources.help.seen: not a day"]),
        (source(seen="2026-02-30"), ["sources.help.seen: not a day"]),
        (source(second_hand="yes"), ["sources.help.second_hand: not true or false"]),
        (told(color="red"), ["color: unknown key"]),
        (told(windows=[]), ["windows: not a table"]),
        (told(windows={"open": 15}), ["windows.open: not a table"]),
        (told(windows={"tea": SOUND}), ["windows.tea: unknown window"]),
        (told(windows={"tea": {"days": "x"}}), ["windows.tea: unknown window"]),
        (told(hosts=["a.org"], order_page="https://a.org/ {number}"), ["order_page: no address"]),
        (told(hosts=["a.org"], order_page="https://a.org:99999/{number}"), ["order_page: no address"]),
        (told(hosts=["a.org"], order_page="https://a.org:{number}/"), ["order_page: no address"]),
        (window(days="five"), ["days: not a whole number"]),
        (window(days=True), ["days: not a whole number"]),
        (window(hours=5), ["hours: either days or hours, not both"]),
        (
            window(days=-3, hours="x"),
            ["hours: either days or hours", "days: out of range", "hours: not a whole"],
        ),
        (window(days=None, hours=5, business_days=True), ["business_days: hours run on any day"]),
        (window(days=None), ["days: missing"]),
        (window(days=None, hours=0), ["hours: out of range"]),
        (window(by="me"), ["by: no such value: 'me'"]),
        (window(after="birth"), ["after: no such value: 'birth' (one of: opening)"]),
        (window(after="payment"), ["after: no such value: 'payment' (one of: opening)"]),
        (window(by="buyer"), ["windows.seller_answers.by: no such value: 'buyer' (one of: seller)"]),
        (
            told(windows={"open": SOUND}),
            [
                "windows.open.by: no such value: 'seller' (one of: buyer)",
                "windows.open.after: no such value: 'opening' (one of: delivery,",
            ],
        ),
        (told(name="A\x1b[31mB"), ["name: has a control character"]),
        (window(days=0), ["days: out of range"]),
        (window(days=3651), ["days: out of range"]),
        (window(source=None), ["source: missing"]),
        (window(source="nosuch"), ["source: no such source: 'nosuch'"]),
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
        claims={"broken heart": []},
        windows={"open": 15, "seller_answers": SOUND | {"days": 0, "mood": "good"}},
    )
    assert [mistake.split(":")[0] for mistake in mistakes(data)] == [
        "claims.broken heart",
        "hosts",
        "name",
        "windows.open",
        "windows.seller_answers.days",
        "windows.seller_answers.mood",
        "color",
    ]


def test_the_given_values_are_left_as_they_were():
    data = told()
    parse_policy(data)
    assert data == told()
