"""What people are called: a full name as it is typed, and who has none any more."""

from handlers.language import Markup, Words

LONGEST = 60


def refused(words: Words, name: str) -> Markup | None:
    """Why this is no full name."""
    if " " not in name:
        return words("Please type the full name: surname, middle name and given name.")
    if len(name) > LONGEST:
        return words("This name is too long. Please shorten it.")
    return None


def nameless(words: Words, person_id: int) -> Markup:
    """In the place of a person who was erased."""
    return words("Deleted user no. {n}", n=person_id)
