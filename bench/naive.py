"""What dispcli is measured against: the same three commands, written as the tutorials teach.

Typer for the command line, SQLModel for the tables, Rich for what is shown, all imported at the top. It is
meant to be fair: indexed columns, a LIMIT in the query, related rows loaded with one query each and not one
a row. The models have only the columns that are used. `cancel` checks nothing.
"""

import os
from datetime import UTC, datetime

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import selectinload
from sqlmodel import Field, Relationship, Session, SQLModel, create_engine, select

app = typer.Typer()
console = Console()


class Seller(SQLModel, table=True):
    __tablename__ = "sellers"

    id: int | None = Field(default=None, primary_key=True)
    name: str


class Order(SQLModel, table=True):
    __tablename__ = "orders"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(index=True)
    placed: str = Field(index=True)
    status: str
    currency: str | None = None
    total_minor: int | None = None
    delivered: str | None = None
    protection_ends: str | None = None
    seller_id: int | None = Field(default=None, foreign_key="sellers.id", index=True)

    seller: Seller | None = Relationship()
    lines: list["OrderLine"] = Relationship(sa_relationship_kwargs={"order_by": "OrderLine.position"})
    disputes: list["Dispute"] = Relationship(back_populates="order")


class OrderLine(SQLModel, table=True):
    __tablename__ = "order_lines"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", index=True)
    position: int
    title: str
    quantity: int
    unit_minor: int | None = None
    currency: str | None = None


class Dispute(SQLModel, table=True):
    __tablename__ = "disputes"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", index=True)
    reason: str
    remedy: str
    amount_minor: int | None = None
    currency: str | None = None
    state: str
    version: int
    opened_at: str
    updated_at: str

    order: Order = Relationship(back_populates="disputes")
    events: list["Event"] = Relationship(sa_relationship_kwargs={"order_by": "Event.seq"})


class Event(SQLModel, table=True):
    __tablename__ = "events"

    dispute_id: int = Field(foreign_key="disputes.id", primary_key=True)
    seq: int = Field(primary_key=True)
    at: str
    actor: str
    action: str
    from_state: str
    to_state: str
    reason: str | None = None
    text: str | None = None


engine = create_engine(f"sqlite:///{os.environ.get('NAIVE_DATABASE', 'orders.db')}")


def money(minor: int | None, currency: str | None) -> str:
    return f"{minor / 100:.2f} {currency}" if minor is not None else ""


def show_version(value: bool) -> None:
    if value:
        print("naive 1.0")
        raise typer.Exit


@app.callback()
def main(version: bool = typer.Option(False, "--version", callback=show_version, is_eager=True)) -> None:
    """Orders and disputes."""


@app.command("list")
def list_orders(limit: int = 50) -> None:
    """List the newest orders."""
    table = Table(title="Orders")
    for heading in ("Order", "Date", "Status", "Total", "Disputes", "Seller", "Title", "Lines", "Protected"):
        table.add_column(heading, no_wrap=heading == "Order")
    newest = select(Order).order_by(Order.placed.desc(), Order.id.desc()).limit(limit)
    related = (selectinload(Order.seller), selectinload(Order.lines), selectinload(Order.disputes))
    with Session(engine) as session:
        for order in session.exec(newest.options(*related)):
            table.add_row(
                order.number,
                order.placed,
                order.status,
                money(order.total_minor, order.currency),
                ", ".join(f"D{dispute.id} {dispute.state}" for dispute in order.disputes),
                order.seller.name if order.seller else "",
                order.lines[0].title if order.lines else "",
                str(len(order.lines)),
                order.protection_ends,
            )
    console.print(table)


@app.command()
def show(dispute_id: int) -> None:
    """Show a dispute with its order and history."""
    with Session(engine) as session:
        dispute = session.get(Dispute, dispute_id)
        if dispute is None:
            console.print("[red]No such dispute[/red]")
            raise typer.Exit(1)
        order = dispute.order
        console.print(f"[bold]Dispute D{dispute.id}[/bold]: {dispute.state}")
        console.print(f"Order {order.number}, {order.seller.name if order.seller else ''}")
        console.print(f"{dispute.reason}, {dispute.remedy} {money(dispute.amount_minor, dispute.currency)}")
        for line in order.lines:
            console.print(f"{line.quantity} x {line.title} {money(line.unit_minor, line.currency)}")
        table = Table(title="History")
        for heading in ("When", "Who", "Action", "From", "To", "Text"):
            table.add_column(heading)
        for event in dispute.events:
            table.add_row(event.at, event.actor, event.action, event.from_state, event.to_state, event.text)
        console.print(table)


@app.command()
def cancel(dispute_id: int, reason: str, yes: bool = typer.Option(False, "--yes", "-y")) -> None:
    """Cancel a dispute."""
    with Session(engine) as session:
        dispute = session.get(Dispute, dispute_id)
        if dispute is None:
            console.print("[red]No such dispute[/red]")
            raise typer.Exit(1)
        if not yes:
            typer.confirm(f"Cancel dispute D{dispute_id}?", abort=True)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        event = Event(
            dispute_id=dispute_id,
            seq=dispute.version + 1,
            at=now,
            actor=os.environ.get("USER", "me"),
            action="cancel",
            from_state=dispute.state,
            to_state="cancelled",
            reason=reason,
        )
        dispute.state = "cancelled"
        dispute.version = event.seq
        dispute.updated_at = now
        session.add(dispute)
        session.add(event)
        session.commit()
        session.refresh(dispute)
    console.print(f"[green]Dispute D{dispute.id} is {dispute.state}[/green]")


if __name__ == "__main__":
    app()
