"""The months as AliExpress' pages print them in the languages of its buyers, short and long."""

from collections.abc import Mapping
from types import MappingProxyType

LANGUAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "English": (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
            *("jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        ),
        "French": (
            *("janv janvier", "févr février", "mars", "avr avril", "mai", "juin"),
            *("juil juillet", "août", "sept septembre", "oct octobre", "nov novembre", "déc décembre"),
        ),
        "German": (
            *("jan januar", "feb februar", "mär märz", "apr april", "mai", "jun juni"),
            *("jul juli", "aug august", "sep sept september", "okt oktober", "nov november", "dez dezember"),
        ),
        "Italian": (
            *("gen gennaio", "feb febbraio", "mar marzo", "apr aprile", "mag maggio", "giu giugno"),
            *("lug luglio", "ago agosto", "set settembre", "ott ottobre", "nov novembre", "dic dicembre"),
        ),
        "Dutch": (
            *("jan januari", "feb februari", "mrt maart", "apr april", "mei", "jun juni"),
            *("jul juli", "aug augustus", "sep september", "okt oktober", "nov november", "dec december"),
        ),
        "Polish": (
            *("sty stycznia", "lut lutego", "mar marca", "kwi kwietnia", "maj maja", "cze czerwca"),
            *(
                "lip lipca",
                "sie sierpnia",
                "wrz września",
                "paź października",
                "lis listopada",
                "gru grudnia",
            ),
        ),
        "Portuguese": (
            *("jan janeiro", "fev fevereiro", "mar março", "abr abril", "mai maio", "jun junho"),
            *("jul julho", "ago agosto", "set setembro", "out outubro", "nov novembro", "dez dezembro"),
        ),
        "Russian": (
            *("янв января", "фев февр февраля", "мар марта", "апр апреля", "мая", "июн июня"),
            *(
                "июл июля",
                "авг августа",
                "сен сент сентября",
                "окт октября",
                "ноя нояб ноября",
                "дек декабря",
            ),
        ),
        "Spanish": (
            *("ene enero", "feb febrero", "mar marzo", "abr abril", "may mayo", "jun junio"),
            *(
                "jul julio",
                "ago agosto",
                "sep sept septiembre",
                "oct octubre",
                "nov noviembre",
                "dic diciembre",
            ),
        ),
        "Turkish": (
            *("oca ocak", "şub şubat", "mar mart", "nis nisan", "may mayıs", "haz haziran"),
            *("tem temmuz", "ağu ağustos", "eyl eylül", "eki ekim", "kas kasım", "ara aralık"),
        ),
        "Ukrainian": (
            *("січ січня", "лют лютого", "бер березня", "квіт квітня", "трав травня", "черв червня"),
            *("лип липня", "серп серпня", "вер вересня", "жовт жовтня", "лист листопада", "груд грудня"),
        ),
    }
)
"""The twelve months of each language. No word means two months, in whatever languages."""

MONTHS: Mapping[str, int] = MappingProxyType(
    {
        word: number
        for months in LANGUAGES.values()
        for number, words in enumerate(months, start=1)
        for word in words.split()
    }
)
"""The number of the month for each of its names, in lower case."""
