"""Which numbers entries use up: of cases and of papers, wherever they stand in a fact."""


def short(number):
    """Return a case number as the trace shows it: day, station and place of the day."""
    return f"case {number[6:8]}/{number[8:14]}/{number[14:]}"


def numbers_in(entries):
    """Return every number that entries with a body use up, in their order."""
    return [number for entry in entries if entry.body for number in _of_body(entry.read())]


def _of_body(body):
    if body["kind"] == "CaseReceived":
        yield body["case"]
    yield from _used(body["data"])


def _used(value):
    if isinstance(value, dict):
        if value.keys() == {"series", "serial", "text"}:
            yield value["text"]
        else:
            for inner in value.values():
                yield from _used(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _used(inner)
