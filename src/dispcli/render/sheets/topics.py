"""Settings, problems, exit codes, filters, drafts, formats, the table of steps."""

from dispcli.render.fields import Field, Kind, Sheet

SETTINGS = Sheet(
    "settings",
    (
        Field("name", lambda s: s[0], Kind.ID, "setting", "SETTING"),
        Field("value", lambda s: s[1], Kind.SENTENCE, "its value", "VALUE", 1),
        Field("origin", lambda s: s[2], about="flag, environment, config or default", heading="ORIGIN"),
    ),
    "name",
)


PROBLEMS = Sheet(
    "problems",
    (Field("problem", lambda p: p, Kind.SENTENCE, "what is wrong", "PROBLEM", 1),),
)


EXIT_CODES = Sheet(
    "exit_codes",
    (
        Field("code", lambda c: c[0], Kind.COUNT, "exit code", "CODE"),
        Field("meaning", lambda c: c[1], Kind.SENTENCE, "what it means", "MEANING", 1),
    ),
    "code",
)


FILTERS = Sheet(
    "filter_terms",
    (
        Field(
            "list", lambda f: f.of, about="disputes, orders, or both for the grammar", heading="OF", flex=2
        ),
        Field("field", lambda f: f.field and f.field.name, about="field; none for the grammar"),
        Field("operators", lambda f: " ".join(f.operators), about="the colon, and what can follow it"),
        Field("values", lambda f: f.field and f.field.kind.value, about="what its values are"),
        Field(
            "words",
            lambda f: f.field.words if f.field else (),
            Kind.LIST,
            "the words it knows, where it knows them",
        ),
        Field("example", lambda f: f.example, about="a term with it", heading="EXAMPLE"),
        Field("meaning", lambda f: f.meaning, Kind.SENTENCE, "what it tells", "MEANING", 1),
    ),
)


DRAFTS = Sheet(
    "draft_templates",
    (
        Field(
            "of",
            lambda d: d.of,
            about="kind, grammar, field, list, or the list it is a field of",
            heading="OF",
        ),
        Field("name", lambda d: d.name, about="as it is written", heading="NAME"),
        Field("words", lambda d: d.words, Kind.LIST, "the words it can be compared with"),
        Field("meaning", lambda d: d.meaning or None, Kind.SENTENCE, "what it tells", "MEANING", 1),
        Field(
            "origin", lambda d: d.origin, Kind.FILE, "a kind's own file; dispcli for one that comes with it"
        ),
    ),
)


FORMATS = Sheet(
    "formats",
    (
        Field(
            "format", lambda f: f[0], Kind.ID, "its name, for --format where it is not an archive", "FORMAT"
        ),
        Field("what", lambda f: f[1].what, Kind.SENTENCE, "what it tells", "WHAT", 1),
        Field("files", lambda f: f[1].files, about="which kinds of file", heading="FILES", flex=2),
        Field("source", lambda f: f[1].source, Kind.SENTENCE, "where one gets it", "WHERE FROM", 1),
        Field("options", lambda f: f[1].options, Kind.LIST, "what some of its files need", "MAY NEED", 3),
    ),
    "format",
)


VARIABLES = Sheet(
    "variables",
    (
        Field("name", lambda v: v[0], Kind.ID, "environment variable", "VARIABLE"),
        Field("meaning", lambda v: v[1], Kind.SENTENCE, "what it does", "MEANING", 1),
    ),
    "name",
)


TRANSITIONS = Sheet(
    "transitions",
    (
        Field("action", lambda t: t[1], about="what happens", heading="ACTION"),
        Field("from", lambda t: t[0], Kind.LIST, "one of these before", "FROM", 1),
        Field("to", lambda t: t[2], Kind.LIST, "one of these after", "TO", 1),
        Field("by", lambda t: t[3], Kind.LIST, "whose action it is", "BY", 1),
    ),
)
