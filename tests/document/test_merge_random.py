"""Random edits by hand × random corrections: nothing typed is lost, nothing else is changed."""

import io
from collections import Counter

from documents import lines
from docx import Document
from handedits import OPERATIONS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_merge import DATA, comments, made

from generator.document.merge import merge

CHANGES = [name for name in DATA["changes"] if name != "nothing"]
# What types words, and what only takes away or changes the look.
TYPING = ["append", "retype", "after", "tracked_insert", "add_table"]
OTHER = ["delete", "clear", "bold", "size", "picture", "delete_row", "tracked_delete"]


@st.composite
def hand_edits(draw):
    """Operations, each with the number of the line it is done to and a sentence that no other has."""
    kinds = draw(st.lists(st.sampled_from(TYPING + OTHER), min_size=1, max_size=6))
    return [(kind, draw(st.integers(0, 400)), f"手工第{n}句话。") for n, kind in enumerate(kinds)]


def do(source, edits, changing):
    """The edited document and the sentences that still stand in it; every other edit is to a changing line."""
    document = Document(io.BytesIO(source))
    for kind, where, sentence in edits:
        target = io.BytesIO()
        document.save(target)
        said = [line for line in lines(target.getvalue()) if len(line) > 1 and "手工" not in line]
        said = [line for line in said if line in changing] if where % 2 and changing & set(said) else said
        line = said[where // 2 % len(said)]
        nth = said[: where // 2 % len(said)].count(line) + 1 if kind != "bold" else 1
        try:
            if kind in TYPING:
                OPERATIONS[kind](document, at=line, text=sentence, nth=nth)
            else:
                OPERATIONS[kind](
                    document, at=line[:6] if "tracked" in kind or kind == "bold" else line, nth=nth
                )
        except (AssertionError, StopIteration, IndexError, AttributeError):
            continue  # such as a row where there is no table
    target = io.BytesIO()
    document.save(target)
    said = "\n".join(lines(target.getvalue()))
    return target.getvalue(), [sentence for _, _, sentence in edits if sentence in said]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits=hand_edits(), changes=st.sets(st.sampled_from(CHANGES), min_size=1, max_size=3))
def test_nothing_typed_is_lost_and_nothing_else_is_changed(edits, changes):
    last, new = made("nothing"), made(*sorted(changes))
    disk, typed = do(last, edits, set(lines(last)) - set(lines(new)))
    merged = merge(last, disk, new)
    said = lines(merged.document)
    everything = "\n".join([*said, comments(merged.document), *(e.hand for e in merged.edits)])
    for sentence in typed:
        assert sentence in everything
    # What the new report says and the merged one does not is what the edits say of it, and no more.
    excused = squeezed(line for e in merged.edits for line in e.new.split("\n"))
    for line, number in (squeezed(lines(new)) - squeezed(said)).items():
        assert excused[line] >= number, line
    # What the merged one says and the new one does not was there by hand.
    by_hand = squeezed(lines(disk)) - squeezed(lines(last))
    updated = squeezed(line for e in merged.edits if e.figures for line in e.hand.split("\n"))
    for line, number in (squeezed(said) - squeezed(lines(new))).items():
        assert line in updated or by_hand[line] >= number, line
    again = merge(new, merged.document, new)
    assert again.document == merged.document


def squeezed(said):
    """How often each line is said; the reader of these tests does not see tabs."""
    return Counter("".join(line.split()) for line in said)
