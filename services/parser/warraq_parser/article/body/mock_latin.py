"""Mock Latin: what stands where a paywall hides the text, and in templates that were never filled."""

import re
from typing import Final

# The words of the usual generators, those left out that are words of living languages too (a, in, non, no).
_WORDS: Final = frozenset(
    "ab accusamus accusantium ad adipisci adipiscing alias aliquam aliquid amet animi aperiam architecto"
    " asperiores aspernatur at atque aut autem beatae blanditiis commodi consectetur consequatur consequuntur"
    " corporis corrupti culpa cum cumque cupiditate debitis delectus deleniti deserunt dicta dignissimos"
    " distinctio dolor dolore dolorem doloremque dolores doloribus dolorum ducimus ea eaque earum eius eligendi"
    " elit enim eos error esse est et eum eveniet ex excepturi exercitationem expedita explicabo facere facilis"
    " fuga fugiat fugit harum hic id illo illum impedit incididunt inventore ipsa ipsam ipsum iste itaque iure"
    " iusto labore laboriosam laborum laudantium libero lorem magnam magni maiores maxime minima minus modi"
    " molestiae molestias mollitia nam natus necessitatibus nemo neque nesciunt nihil nisi nobis nostrum nulla"
    " numquam odio odit officia officiis omnis optio pariatur perferendis perspiciatis placeat porro possimus"
    " praesentium provident quae quaerat quam quas quasi qui quia quibusdam quidem quis quisquam quo quod quos"
    " ratione recusandae reiciendis rem repellat repellendus reprehenderit repudiandae rerum saepe sapiente sed"
    " sequi similique sint sit soluta sunt suscipit tempor tempora tempore temporibus tenetur totam ullam unde ut"
    " vel velit veniam veritatis vero vitae voluptas voluptate voluptatem voluptates voluptatibus voluptatum"
    " [a-z]+".split()
)
_WORD: Final = re.compile("[a-z]+")
_BEGINNING: Final = 40
_FEWEST_WORDS: Final = 5
_MOST_OF_THEM: Final = 0.7


def is_mock_latin(text: str) -> bool:
    """Tell whether ``text`` is made of the words of mock Latin."""
    beginning = text[:_BEGINNING].lower().split(maxsplit=2)
    if len(beginning) < 3 or not (beginning[0].strip(".,") in _WORDS and beginning[1].strip(".,") in _WORDS):
        return False
    words = _WORD.findall(text.lower())
    return len(words) >= _FEWEST_WORDS and sum(word in _WORDS for word in words) > _MOST_OF_THEM * len(words)
