from bot.listing import listing
from plan.catalogue import Catalogue


def test_everything_of_the_plan_is_listed(catalogue: Catalogue) -> None:
    text = listing(catalogue, 2028)
    named = [catalogue.title, *(item.name for item in catalogue.indicators)]
    named += [item.text for item in catalogue.tasks]
    named += [item.text for item in catalogue.assignments]
    named += [item.name for item in catalogue.agencies]
    named += [item.name for item in catalogue.campaign_days]
    assert [name for name in named if name not in text] == []


def test_the_deadline_is_shown_with_both_its_days(catalogue: Catalogue) -> None:
    assert "last day 04/11/2028, last working day 03/11/2028" in listing(catalogue, 2028)
