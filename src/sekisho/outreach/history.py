"""A dated set of ratings as it was published, kept apart from any current assessment, and its findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sekisho.outreach.elements import elements_of, rate
from sekisho.outreach.method import Method
from sekisho.outreach.priority import Risk, Standing


@dataclass(frozen=True, slots=True)
class Rated:
    """One place as rated: the name as printed, the category, the risk, the heading under which it stands."""

    place: str
    raw: str
    category: int
    risk: Risk
    heading: str
    run_together: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """One outreach activity as announced; ``said`` is what the text calls it, month and year may be open."""

    tool: str
    host: str
    place: str
    raw: str
    said: str
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class AssessmentSet:
    """A whole publication: ratings and programme of one assessor on one day."""

    id: str
    status: str
    title: Mapping[str, str]
    day: date
    assessor: str
    tentative: bool
    source: str
    concern: frozenset[str]
    ratings: tuple[Rated, ...]
    activities: tuple[Activity, ...]
    next_seminar: date | None = None
    spellings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a reader must know about the data; the data itself is kept as it was."""

    code: str
    says: Mapping[str, str]
    places: tuple[str, ...] = ()


def standings(assessment: AssessmentSet) -> list[Standing]:
    """The ratings as standings: categories through the rule of the elements, risk as stated."""
    found = []
    for rated in assessment.ratings:
        rating = rate(elements_of(rated.category))
        found.append(Standing(rated.place, rating.category, {}, stated_risk=rated.risk))
    return found


def status_of(activity: Activity, day: date) -> str:
    """Planned, held or proposed, as of ``day``: what was planned for a month gone by must be confirmed."""
    if activity.said != "planned" or activity.year is None or activity.month is None:
        return activity.said
    return "past-unconfirmed" if (activity.year, activity.month) <= (day.year, day.month) else "planned"


def findings(assessment: AssessmentSet, method: Method) -> tuple[Finding, ...]:
    """Check a set against itself and the method. Codes V-01 to V-09 are those of the 2008 fixture's review."""
    checks = (_headings, _self_reference, _past_seminar, _unrated, _no_activity, _high_coverage, _names, _tools, _past)
    return tuple(finding for check in checks for finding in check(assessment, method))


def _headings(assessment: AssessmentSet, method: Method) -> Iterator[Finding]:
    by_category: dict[int, set[str]] = {}
    for rated in assessment.ratings:
        by_category.setdefault(rated.category, set()).add(rated.risk)
    both = [number for number, risks in by_category.items() if {"high", "low"} <= risks]
    single = sorted(number for number, risks in by_category.items() if risks == {"low"})
    if both and single:
        places = tuple(rated.place for rated in assessment.ratings if rated.category in single)
        listed = ", ".join(map(str, single))
        yield Finding(
            "V-01",
            {
                "en": f"Categories {listed} have a low heading only; a high one may have been lost.",
                "ja": f"区分{listed}には低リスクの見出ししかなく、高リスクの見出しが失われた可能性がある。",
            },
            places,
        )


def _self_reference(assessment: AssessmentSet, method: Method) -> Iterator[Finding]:
    both = tuple(rated.place for rated in assessment.ratings if rated.place in assessment.concern)
    if both:
        yield Finding(
            "V-02",
            {
                "en": f"Named as of concern and rated too: {', '.join(both)}. What the rating means is unclear.",
                "ja": f"懸念国として挙げられながら評価対象でもある：{'、'.join(both)}。評価の意味が不明確。",
            },
            both,
        )


def _past_seminar(assessment: AssessmentSet, method: Method) -> Iterator[Finding]:
    seminar = assessment.next_seminar
    if seminar is not None and seminar < assessment.day:
        yield Finding(
            "V-03",
            {
                "en": f"The next seminar is given as {seminar:%Y-%m}, before the document's own day {assessment.day}.",
                "ja": f"次回セミナーが{seminar:%Y年%m月}とされ、文書の日付{assessment.day}より前である。",
            },
        )


def _countries(assessment: AssessmentSet) -> Sequence[Activity]:
    return [activity for activity in assessment.activities if activity.place != "*"]


def _unrated(assessment: AssessmentSet, method: Method) -> Iterator[Finding]:
    rated = {one.place for one in assessment.ratings}
    places = tuple(dict.fromkeys(one.place for one in _countries(assessment) if one.place not in rated))
    if places:
        yield Finding(
            "V-04",
            {
                "en": f"In the programme without a rating: {', '.join(places)}.",
                "ja": f"計画にあるが評価がない：{'、'.join(places)}。",
            },
            places,
        )


def _no_activity(assessment: AssessmentSet, method: Method) -> Iterator[Finding]:
    year = assessment.day.year
    planned = {one.place for one in _countries(assessment) if one.said == "planned" and one.year == year}
    places = tuple(one.place for one in assessment.ratings if one.place not in planned)
    if places:
        yield Finding(
            "V-05",
            {
                "en": f"Rated, but nothing is planned in {year}: {', '.join(places)}.",
                "ja": f"評価されているが{year}年の計画がない：{'、'.join(places)}。",
            },
            places,
        )


def _high_coverage(assessment: AssessmentSet, method: Method) -> Iterator[Finding]:
    year = assessment.day.year
    planned = {one.place for one in _countries(assessment) if one.said == "planned" and one.year == year}
    high = [one.place for one in assessment.ratings if one.risk == "high"]
    without = tuple(place for place in high if place not in planned)
    if without:
        yield Finding(
            "V-06",
            {
                "en": f"Of {len(high)} places of high risk the plan reaches {len(high) - len(without)}; not "
                f"{', '.join(without)}.",
                "ja": f"高リスク{len(high)}か所のうち計画の対象は{len(high) - len(without)}か所。"
                f"対象外：{'、'.join(without)}。",
            },
            without,
        )


def _names(assessment: AssessmentSet, method: Method) -> Iterator[Finding]:
    spelled: dict[str, set[str]] = {}
    for rated in assessment.ratings:
        spelled.setdefault(rated.place, set()).add(rated.raw)
    for activity in _countries(assessment):
        spelled.setdefault(activity.place, set()).add(activity.raw)
    variants = [f"{' / '.join(sorted(names))}" for names in spelled.values() if len(names) > 1]
    joined = sorted({one.run_together for one in assessment.ratings if one.run_together})
    misspelled = [f"{raw} ({meant})" for raw, meant in assessment.spellings if raw not in " ".join(variants)]
    if variants or joined or misspelled:
        told = "; ".join([*variants, *joined, *misspelled])
        yield Finding(
            "V-07",
            {
                "en": f"Names spelled in several ways, run together or misspelled: {told}.",
                "ja": f"表記揺れ・連結・誤記：{told}。",
            },
        )


def _tools(assessment: AssessmentSet, method: Method) -> Iterator[Finding]:
    of_categories = {tool for plan in method.categories.values() for tool in (*plan.primary, *plan.if_necessary)}
    of_roles = {tool for role in method.roles for tool in (*role.primary, *role.if_necessary)}
    only = sorted(of_roles - of_categories)
    if only:
        yield Finding(
            "V-08",
            {
                "en": f"In the role table but not among the tools of the categories: {', '.join(only)}.",
                "ja": f"役割分担表にあるが区分ごとの手段にない：{'、'.join(only)}。",
            },
        )


def _past(assessment: AssessmentSet, method: Method) -> Iterator[Finding]:
    past = [one for one in assessment.activities if status_of(one, assessment.day) == "past-unconfirmed"]
    if past:
        places = tuple(dict.fromkeys(one.place for one in past))
        yield Finding(
            "V-09",
            {
                "en": f"{len(past)} activities planned up to {assessment.day:%Y-%m} were past on the document's day; "
                "whether they were held must be found out.",
                "ja": f"文書の日付までに予定された{len(past)}件は既に過去であり、実施の有無を確認する必要がある。",
            },
            places,
        )
