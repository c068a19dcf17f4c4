"""Walking a parse: who governs whom, and what lies where."""

from dragoman.model.parse import Parse, Token
from dragoman.model.spans import Span


def parse() -> Parse:
    words = [("The", 2, "det"), ("old", 2, "amod"), ("minister", 3, "nsubj"), ("spoke", 3, "ROOT"), (".", 3, "punct")]
    tokens, at = [], 0
    for index, (word, head, dep) in enumerate(words):
        tokens.append(Token(index, at, at + len(word), word, word.lower(), "X", dep, head, "", 0))
        at += len(word) + 1
    return Parse(tuple(tokens), grammatical=True)


def test_a_subtree_is_in_text_order() -> None:
    tree = parse()
    assert [token.text for token in tree.subtree(tree.tokens[2])] == ["The", "old", "minister"]
    assert [token.text for token in tree.children(tree.tokens[3])] == ["minister", "."]


def test_ancestors_end_at_the_root() -> None:
    tree = parse()
    assert [token.text for token in tree.ancestors(tree.tokens[0])] == ["minister", "spoke"]


def test_tokens_are_found_by_their_characters() -> None:
    tree = parse()
    assert [token.text for token in tree.within(Span(4, 9))] == ["old", "minister"]
    assert tree.at(3) is None
    assert tree.at(4) == tree.tokens[1]
    assert tree.root_of(Span(0, 16)) == tree.tokens[2]
