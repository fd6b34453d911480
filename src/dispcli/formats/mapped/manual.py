"""What people are told of mappings, by `dispcli help formats`."""

EXAMPLE = """\
marketplace = "ebay"

[columns]
number = "Order ID"
date = "Bought on"
title = "Item"
unit_price = "Price"

[dates]
order = "mdy"

[amounts]
currency = "USD"
decimal = "."

[words]
completed = ["Done", "Feedback left"]
"""
"""A mapping that is enough for a shop's CSV."""

BESIDES = """\
each = "line" | "order"     a row is a line of an order; or a whole order, with a
                            line only where there is a title
needed = ["Order ID"]       the columns a file must have, if not all that are named
sheet = "Orders"            the sheet of a spreadsheet; else the first
absent = ["Not Available"]  cells that say nothing
formula_safe = false | true in CSV an apostrophe before = + - @ was put there for
                            spreadsheets, and goes away
[dates]
order = "ymd" | "mdy" | "dmy" | "detect"
                            detect: by the whole file, else by --date-order
zone = "none" | "utc" | "pacific"
                            of times that tell none; none: only the day is taken
exact = true | false        false: the day is only assumed
[amounts]
currency = "USD"            where no column and no sign tells it; --currency wins
decimal = "printed" | "." | ","
                            printed: as the shop shows it (1.234,56 zł), where only
                            one reading is left; or the mark before the decimals
minor = false | true        whole numbers of cents
total = "order" | "line"    a row's total is the order's; or the line's, and the
                            order's is their sum
lost_commas = ["PLN"]       currencies whose decimal commas the file has lost: 12946
                            is not taken
[amounts.signs]
PLN = ["zł"]                currencies by the sign beside the amount
[words]                     the platform's words under our status; those of known
                            marketplaces are there already
[overrides.end_reason]      another column that overrules the status;
cancelled = ["*cancel*"]    * stands for anything
"""
"""Everything else a mapping may say; of several values the first is taken where nothing is said."""
