"""The figures at the head of the board, each with what it stands on."""

from dataclasses import dataclass

from feedback_service.core.numbers import Rounding, share, shortened
from feedback_service.core.words import Sentence
from feedback_service.reports.queries.board import Board
from feedback_service.reports.rules.dossiers import Dossiers
from feedback_service.reports.rules.satisfaction import too_few, without

NO_DOSSIERS = "No dossier figures cover this period."


@dataclass(frozen=True)
class Tile:
    """One figure: a share or a count, and the lines beneath it; `title` is a message id."""

    title: str
    share: float | None
    count: int | None
    lines: tuple[Sentence, ...]


def tiles(board: Board) -> tuple[Tile, ...]:
    """Return satisfaction, response rate, dossiers on time, and how many ratings there are."""
    return (_satisfied(board), _response(board), _on_time(board.dossiers), _ratings(board))


def _satisfied(board: Board) -> Tile:
    counts, interval = board.total, board.total.interval
    if not counts.is_enough or interval is None:
        return Tile("Satisfied", None, None, (too_few(counts),))
    facts = {"low": interval.low, "high": interval.high, "count": counts.total}
    lines = [Sentence("95% interval: {low} – {high}; n = {count}", facts), _unmarked(board)]
    for period, earlier in ((board.period.before(), board.before), (board.period.year_before(), board.year_before)):
        if earlier.is_enough:
            known = {"period": period.name, "share": earlier.satisfied_share, "count": earlier.total}
            lines.append(Sentence("{period}: {share} (n = {count})", known))
    return Tile("Satisfied", counts.satisfied_share, None, tuple(lines))


def _unmarked(board: Board) -> Sentence:
    if not board.marked.total:
        return Sentence("No rating is marked.")
    rest, facts = without(board.total, board.marked), {"marked": board.marked.total}
    if rest is None:
        return Sentence("{marked} marked ratings: too few to show the figures without them.", facts)
    told = {"share": rest.satisfied_share, "count": rest.total}
    return Sentence("Without {marked} marked ratings: {share} (n = {count})", {**facts, **told})


def _response(board: Board) -> Tile:
    title = "Response rate"
    dossiers = board.whole_dossiers
    if board.is_of_part:
        return Tile(title, None, None, (Sentence("Nobody reports dossiers by counter or by procedure."),))
    if dossiers is None:
        return Tile(title, None, None, (_missing(board), Sentence("They are needed for the response rate.")))
    facts = {"ratings": board.ratings, "dossiers": dossiers.returned}
    message = "{ratings} ratings of {dossiers} dossiers resolved"
    if dossiers.resolved is None:
        message = "{ratings} ratings of {dossiers} dossiers received"
    lines = [Sentence(message, facts)]
    if board.ratings > dossiers.returned:
        lines.append(Sentence("More ratings than dossiers: please check both."))
    return Tile(title, share(board.ratings, dossiers.returned), None, tuple(lines))


def _missing(board: Board) -> Sentence:
    if board.dossiers is None:
        return Sentence(NO_DOSSIERS)
    facts = {"known": len(board.dossiers.unit_ids), "rated": len(board.rated_units)}
    return Sentence("Dossier figures are there for {known} units, ratings for {rated}.", facts)


def _on_time(dossiers: Dossiers | None) -> Tile:
    title = "Dossiers on time (method A)"
    if dossiers is None:
        return Tile(title, None, None, (Sentence(NO_DOSSIERS),))
    fraction = (dossiers.on_time, dossiers.received)
    lines = [Sentence("{part} of {whole} dossiers received", {"part": fraction[0], "whole": fraction[1]})]
    rounded, cut = shortened(*fraction), shortened(*fraction, rounding=Rounding.TRUNCATED)
    if rounded != cut and cut is not None:
        lines.append(Sentence("Rounded; truncated it is {share}", {"share": float(cut) / 100}))
    return Tile(title, share(*fraction), None, tuple(lines))


def _ratings(board: Board) -> Tile:
    lines = [Sentence("{count} of them dissatisfied", {"count": board.total.low})] if board.total.total else []
    if board.before.total:
        facts = {"period": board.period.before().name, "count": board.before.total}
        lines.append(Sentence("{period}: {count}", facts))
    return Tile("Number of ratings", None, board.total.total, tuple(lines))
