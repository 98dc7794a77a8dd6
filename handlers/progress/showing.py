"""`/tiendo` and `/visao`: which view is meant, and whether it is for this person's eyes."""

from aiogram import Router

from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command
from handlers.due import deadline_told
from handlers.errands import asking
from handlers.errands.asking import PICTURE
from handlers.errands.material import Material
from handlers.language import Markup, Words
from handlers.lookup import refuse_year, step_of
from handlers.progress import agency, charts, city, figure, forecast, indicator, why, wishes
from handlers.progress.agency import Sheet
from handlers.progress.viewing import Viewing
from handlers.progress.wishes import Wish
from handlers.report.drafts import PLAN_ENDS, PLAN_STARTS
from handlers.routing import Asked, At, May, Replies, Reply, say
from handlers.talk import Link
from plan.catalogue import Indicator
from storage.agencies import NamedAgency

OFFERED = 4
READERS = May(FOCAL, OFFICIAL, ADMIN)


def show_progress(command: Command | None, viewing: Viewing) -> Replies:
    """A code, an agency and a year in any order: `/tiendo TV1.3 quan 1 2025`."""
    wish = understood(command, viewing, "tiendo")
    if not isinstance(wish, Wish):
        return wish
    if wish.code:
        return _indicator(viewing, viewing.catalogue.indicator(wish.code), wish)
    if wish.of_city or (not wish.said and viewing.sees_all):
        return _city(viewing, wish)
    found = viewing.lookup.asked(wish.command("tiendo"), wish.said, on=viewing.year(wish.year).on)
    return _agency(viewing, found, wish) if isinstance(found, NamedAgency) else found


def show_why(command: Command | None, viewing: Viewing) -> Replies:
    """Of one's own agency, of the one that is named, or of the city."""
    wish = understood(command, viewing, "visao")
    if not isinstance(wish, Wish):
        return wish
    if wish.code is None:
        told = viewing.words("Please name the indicator, for example /visao {code}.", code="TV1.3")
        return _said(viewing, [told], [])
    found = _whose(viewing, wish, "visao")
    if found is not None and not isinstance(found, NamedAgency):
        return found
    item = viewing.catalogue.indicator(wish.code)
    parts, pages = why.explain(viewing, item, found, viewing.year(wish.year), wish.page)
    about = _about(found, wish)
    links = [_progress_link(viewing, found, wish.code, wish)]
    if wish.page < pages:
        links.append(_next(viewing.words, "visao", words_why(viewing.words, about), wish, found))
    return _said(viewing, parts, links)


def show_forecast(command: Command | None, viewing: Viewing) -> Replies:
    """`/dubao TV1.3`; without a code, of every indicator."""
    wish = understood(command, viewing, "dubao")
    if not isinstance(wish, Wish):
        return wish
    found = _whose(viewing, wish, "dubao")
    if found is not None and not isinstance(found, NamedAgency):
        return found
    year = viewing.year(wish.year)
    if wish.code is None:
        return _said(viewing, forecast.of_all(viewing, found, year), [])
    item = viewing.catalogue.indicator(wish.code)
    parts = forecast.of_one(viewing, item, found, year)
    return _said(viewing, parts, [_progress_link(viewing, found, item.code, wish)])


def show_chart(command: Command | None, viewing: Viewing) -> Replies:
    """`/bieudo quan 1`, `/bieudo TV1.3`: in words at once, in a picture as soon as it is drawn."""
    wish = understood(command, viewing, "bieudo")
    if not isinstance(wish, Wish):
        return wish
    found = _whose(viewing, wish, "bieudo")
    if found is not None and not isinstance(found, NamedAgency):
        return found
    words, talk, session = viewing.words, viewing.talk, viewing.agencies.session
    material = Material(session, words, viewing.catalogue, viewing.rules, viewing.now)
    name = found.name if found else words("The whole city")
    whose = found.id if found else ""
    chart = charts.chart_of(material, whose, name, wish.code or "", wish.year)
    told = charts.told(chart)
    if not chart.shows_anything:
        return _said(viewing, [*told, words("There is no figure to draw yet.")], [])
    wanted = {"agency": whose, "code": wish.code or "", "year": wish.year}
    asked = asking.ask(talk, words, session, viewing.member, PICTURE, wanted)
    return [*talk.pages(told), asked, *talk.ask_again()]


def understood(command: Command | None, viewing: Viewing, name: str) -> Wish | Replies:
    """The wish, or what to say where its year or its code is none of the plan's."""
    meant = viewing.lookup.meant(command)
    wish = wishes.read(meant.argument, viewing.catalogue, viewing.today.year)
    this_year = viewing.today.year
    if wish.year != this_year and not PLAN_STARTS <= wish.year <= min(this_year, PLAN_ENDS):
        return refuse_year(viewing.talk, viewing.words, meant, viewing.today)
    if wish.unknown:
        told = viewing.words(
            "No indicator has the code {code}. They are: {codes}.",
            code=wish.unknown,
            codes=", ".join(each.code for each in viewing.catalogue.indicators),
        )
        return _said(viewing, [told], [])
    if len(wish.codes) > 1:
        told = viewing.words("Several indicators fit. Which one is meant?")
        return _said(viewing, [told], _choices(viewing, name, wish))
    return wish


def _choices(viewing: Viewing, name: str, wish: Wish) -> list[Link]:
    year = year_of(viewing, wish)
    labels = {"visao": words_why, "dubao": words_forecast, "bieudo": words_chart}
    label = labels.get(name, words_progress)
    return [
        Link(
            label(viewing.words, f"{code} {wish.said}{year}".strip()),
            f"{name} {code} {wish.said}{year}".strip(),
        )
        for code in wish.codes
    ]


def _whose(viewing: Viewing, wish: Wish, name: str) -> NamedAgency | Replies:
    """None is the city. A focal point asks about its own unless it names the city."""
    if wish.of_city or (not wish.said and viewing.sees_all):
        return None
    return viewing.lookup.asked(wish.command(name), wish.said, on=viewing.year(wish.year).on)


def _agency(viewing: Viewing, found: NamedAgency, wish: Wish) -> Replies:
    words = viewing.words
    sheet = agency.of_agency(viewing, found, viewing.year(wish.year))
    title = words("<b>{agency} – report of {year}</b>", agency=found.name, year=wish.year)
    hint = words("Type a code for where its figure comes from: /tiendo {code}.", code="TV1.3")
    parts = [title, deadline(viewing, wish.year, found.id), *sheet.parts, hint]
    links = [_progress_link(viewing, found, code, wish) for code in sheet.codes[:OFFERED]]
    links += _ways_on(viewing, found, wish, sheet)
    return _said(viewing, parts, links)


def _ways_on(viewing: Viewing, found: NamedAgency, wish: Wish, sheet: Sheet) -> list[Link]:
    words, before = viewing.words, wish.year - 1
    links = []
    if viewing.own(found.id) and sheet.open:
        links.append(Link(words("Yearly report"), f"baocao {found.id} {wish.year}"))
    if before >= PLAN_STARTS:
        about = f"{found.short} {before}"
        links.append(Link(words_progress(words, about), f"tiendo {found.id} {before}"))
    whole = words("the whole city")
    city_year = year_of(viewing, wish)
    links.append(Link(words_progress(words, f"{whole}{city_year}"), f"tiendo tp{city_year}"))
    links.append(_chart_link(viewing, found, wish))
    return links


def _city(viewing: Viewing, wish: Wish) -> Replies:
    words = viewing.words
    sheet = city.of_city(viewing, viewing.year(wish.year))
    title = words("<b>Ho Chi Minh City – {year}</b>", year=wish.year)
    hint = words("Type /tiendo with a code or the name of an agency to see it alone.")
    parts = [title, deadline(viewing, wish.year), *sheet.parts, hint]
    links = [_progress_link(viewing, None, code, wish) for code in sheet.codes[:OFFERED]]
    links.append(_chart_link(viewing, None, wish))
    if viewing.sees_all:
        year = year_of(viewing, wish)
        links.append(Link(words("Not reported"), f"chuanop{year}"))
    return _said(viewing, parts, links)


def _indicator(viewing: Viewing, item: Indicator, wish: Wish) -> Replies:
    found = _whose(viewing, wish, "tiendo")
    year = viewing.year(wish.year)
    if isinstance(found, NamedAgency):
        parts = figure.of_figure(viewing, found, item, year)
        links = [_why_link(viewing, found, wish), _forecast_link(viewing, found, wish)]
        links.append(_chart_link(viewing, found, wish))
        return _said(viewing, parts, links)
    if found is not None:
        return found
    listed = indicator.of_indicator(viewing, item, year, wish.page)
    links = [
        Link(
            words_progress(viewing.words, f"{item.code} {short}{year_of(viewing, wish)}"),
            f"tiendo {agency_id} {item.code} {wish.year}",
        )
        for agency_id, short in listed.agencies[:OFFERED]
    ]
    if listed.page < listed.pages:
        label = words_progress(viewing.words, _about(None, wish))
        links.append(_next(viewing.words, "tiendo", label, wish, None))
    links += [_why_link(viewing, None, wish), _forecast_link(viewing, None, wish)]
    links.append(_chart_link(viewing, None, wish))
    return _said(viewing, listed.parts, links)


def _why_link(viewing: Viewing, found: NamedAgency | None, wish: Wish) -> Link:
    about = f"{wish.code} {found.short if found else viewing.words('the whole city')}"
    whose = found.id if found else "tp"
    label = words_why(viewing.words, f"{about}{year_of(viewing, wish)}")
    return Link(label, f"visao {whose} {wish.code} {wish.year}")


def _forecast_link(viewing: Viewing, found: NamedAgency | None, wish: Wish) -> Link:
    about = f"{wish.code} {found.short if found else viewing.words('the whole city')}"
    whose = found.id if found else "tp"
    label = words_forecast(viewing.words, f"{about}{year_of(viewing, wish)}")
    return Link(label, f"dubao {whose} {wish.code} {wish.year}")


def _chart_link(viewing: Viewing, found: NamedAgency | None, wish: Wish) -> Link:
    name = found.short if found else viewing.words("the whole city")
    about = f"{wish.code} {name}" if wish.code else name
    label = words_chart(viewing.words, f"{about}{year_of(viewing, wish)}")
    code = f" {wish.code}" if wish.code else ""
    return Link(label, f"bieudo {found.id if found else 'tp'}{code} {wish.year}")


def _progress_link(viewing: Viewing, found: NamedAgency | None, code: str, wish: Wish) -> Link:
    about = f"{code} {found.short}" if found else code
    whose = found.id if found else "tp"
    label = words_progress(viewing.words, f"{about}{year_of(viewing, wish)}")
    return Link(label, f"tiendo {whose} {code} {wish.year}")


def _next(words: Words, name: str, label: str, wish: Wish, found: NamedAgency | None) -> Link:
    page, whose = wish.page + 1, found.id if found else "tp"
    told = words("{label} page {page}", label=label, page=page)
    return Link(told, f"{name} {whose} {wish.code} {wish.year} trang {page}")


def _about(found: NamedAgency | None, wish: Wish) -> str:
    return f"{wish.code} {found.short}" if found else str(wish.code)


def words_progress(words: Words, about: str) -> Markup:
    """On a button: what it says may be typed as well."""
    return words("Progress {about}", about=Markup(about))


def words_why(words: Words, about: str) -> Markup:
    return words("Why {about}", about=Markup(about))


def words_forecast(words: Words, about: str) -> Markup:
    return words("Forecast {about}", about=Markup(about))


def words_chart(words: Words, about: str) -> Markup:
    return words("Picture {about}", about=Markup(about))


def year_of(viewing: Viewing, wish: Wish) -> str:
    return "" if wish.year == viewing.today.year else f" {wish.year}"


def deadline(viewing: Viewing, year: int, agency_id: str | None = None) -> Markup:
    told = viewing.deadline(year, agency_id)
    return deadline_told(viewing.words, told, viewing.rules.calendar, viewing.now)


def _said(viewing: Viewing, parts: list[Markup], links: list[Link]) -> list[Reply]:
    return [*viewing.talk.pages(parts, links), *viewing.talk.ask_again()]


def build_router() -> Router:
    router = Router(name="progress")
    say(router, show_progress, READERS, Asked("tiendo"))
    say(router, show_progress, READERS, At(step_of("tiendo")))
    say(router, show_why, READERS, Asked("visao"))
    say(router, show_why, READERS, At(step_of("visao")))
    say(router, show_chart, READERS, Asked("bieudo"))
    say(router, show_chart, READERS, At(step_of("bieudo")))
    say(router, show_forecast, READERS, Asked("dubao"))
    say(router, show_forecast, READERS, At(step_of("dubao")))
    return router
