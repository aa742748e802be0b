from app.papers.flow import Piece, paginate


def drawn(_pen, _top):
    """Stand for anything that is drawn."""


def piece(height, **more):
    return Piece(height, drawn, **more)


def heights(pages):
    return [[placed.piece.height for placed in page] for page in pages]


def test_pieces_follow_each_other_until_the_page_is_full():
    pages = paginate([piece(40), piece(40), piece(40)], top=10, bottom=100)
    assert [[placed.top for placed in page] for page in pages] == [[10, 50], [10]]


def test_what_is_kept_together_moves_to_the_next_page_together():
    pages = paginate([piece(50), piece(30, keep=True), piece(30)], top=0, bottom=100)
    assert heights(pages) == [[50], [30, 30]]


def test_a_group_higher_than_a_page_is_broken_all_the_same():
    pages = paginate([piece(60, keep=True), piece(60, keep=True), piece(60)], top=0, bottom=100)
    assert heights(pages) == [[60], [60], [60]]


def test_the_head_is_repeated_on_a_new_page():
    head = piece(10)
    pages = paginate([head, piece(80, head=head), piece(70, head=head)], top=0, bottom=100)
    assert heights(pages) == [[10, 80], [10, 70]]


def test_no_page_begins_with_white_space():
    pages = paginate([piece(95), Piece(20), piece(30)], top=0, bottom=100)
    assert heights(pages) == [[95], [30]]
