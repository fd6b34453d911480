"""Tables of orders whose columns a mapping file explains: the shipped ones, a user's own with `--map`.

A mapping says which column is what. This one is enough for a shop's CSV:

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
    completed = ["Closed", "Done"]

`[columns]` names the file's column for each of ours: `number` and `date` are needed; there are marketplace,
status, status_raw, seller, store (its id), store_url, total, currency, shipped, promised, delivered,
protection_ends, tracking, seen_at for the order, and line_id, title, quantity, unit_price, unit_currency
(where it may be another than the order's), product, sku, attributes, url for its line.

What may be said besides (the default comes first):

    each = "line" | "order"     a row is a line of an order, and an order may have several; or a whole order,
                                with a line only where there is a title
    needed = ["Order ID"]       the columns a file must have, if not all that are named
    sheet = "Orders"            the sheet of a spreadsheet; else the first
    absent = ["Not Available"]  cells that say nothing
    formula_safe = false | true in CSV an apostrophe before `= + - @` was put there for spreadsheets, and
                                goes away

    [dates]
    order = "ymd" | "mdy" | "dmy" | "detect"    detect: decided from the whole file, else by --date-order
    zone = "none" | "utc" | "pacific"           of times that tell none; none: only their day is taken
    exact = true | false                        false: the day is only assumed

    [amounts]
    currency = "USD"            where no column and no sign tells it; `--currency` goes before it
    decimal = "printed" | "." | ","             printed: `1.234,56 zł` as the shop shows it, where only one
                                                reading is left; or the mark before the decimals
    minor = false | true        whole numbers of cents
    total = "order" | "line"    a row's total is the order's; or the line's, and the order's is their sum
    lost_commas = ["PLN"]       currencies whose decimal commas the file has lost: `12946` is not taken

    [amounts.signs]             PLN = ["zł"]

    [words]                     the platform's words under our status; the marketplace's own are known already

    [overrides.end_reason]      another column that tells the status, whatever the status' own column says;
    cancelled = ["*cancel*"]    `*` stands for anything

Dates as `2026-10-31` and times with a zone are understood in every order.
"""
