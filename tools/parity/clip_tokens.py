"""Records the token ids of 200 prompts by the CLIP tokenizer of transformers, built from the published vocabulary.

    python tools/parity/clip_tokens.py test/fixtures/clip-tokens.json

The prompts are made here: words, punctuation, contractions, digits, scripts other than Latin, composed and decomposed accents,
emoji, odd blanks, and texts longer than a text encoder takes.
"""

import gzip
import json
import random
import sys
from pathlib import Path

from transformers import CLIPTokenizer

MERGES = Path(__file__).parents[2] / "public/tokenizers/clip/merges.txt.gz"

BY_HAND = [
    "",
    " ",
    "a photo of a giraffe",
    "A PHOTO OF A GIRAFFE",
    "a photo, of: a giraffe; (on grass)!",
    "it's the dog's bone, isn't it? we'll see, they've said I'm here, you'd know, we're done",
    "IT'S THE DOG'S",
    "rock'n'roll 'quoted' \"double\" `tick`",
    "1234567890 3.14159 1,000,000 50% $9.99",
    "a1b2c3 4k 8K hdr10+",
    "caf\u00e9 na\u00efve \u00fcber \u00c5ngstr\u00f6m \u0141\u00f3d\u017a",
    "cafe\u0301 nai\u0308ve u\u0308ber A\u030angstro\u0308m",
    "\u0130stanbul I\u0131 \u1e9e stra\u00dfe",
    "\u043a\u043e\u0442 \u0441\u0438\u0434\u0438\u0442 \u043d\u0430 \u043e\u043a\u043d\u0435",
    "\u0393\u03ac\u03c4\u03b1 \u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3",
    "\u732b\u304c\u5ea7\u3063\u3066\u3044\u308b\u3001\u6c34\u5f69\u753b",
    "\u4e00\u53ea\u957f\u9888\u9e7f\u7684\u7167\u7247",
    "\uace0\uc591\uc774 \uc0ac\uc9c4",
    "\u0635\u0648\u0631\u0629 \u0632\u0631\u0627\u0641\u0629",
    "\u05ea\u05de\u05d5\u05e0\u05d4 \u05e9\u05dc \u05d2\u05f3\u05d9\u05e8\u05e4\u05d4",
    "\u0939\u093f\u0928\u094d\u0926\u0940 \u092e\u0947\u0902 \u091a\u093f\u0924\u094d\u0930",
    "\u0e23\u0e39\u0e1b\u0e16\u0e48\u0e32\u0e22\u0e22\u0e35\u0e23\u0e32\u0e1f",
    "\U0001f992 on \U0001f33f \U0001f600\U0001f600",
    "family \U0001f468\u200d\U0001f469\u200d\U0001f467 flag \U0001f1ee\U0001f1f1 skin \U0001f44d\U0001f3fd",
    "\u00bd \u00b2 \u2075 \u2163 \u2460 \u0665 \u096c",
    "tabs\tand\nnew\r\nlines\u00a0and\u2003wide\u3000blanks",
    "  leading and trailing   ",
    "zero\u200bwidth\u200djoin\ufeffmark",
    "em\u2014dash en\u2013dash hy-phen minus\u2212sign",
    "\u201ccurly\u201d \u2018single\u2019 \u00abguillemets\u00bb don\u2019t",
    "!!! ??? ... \u2026 #hashtag @user a/b\\c x_y_z ~tilde ^caret |pipe|",
    "https://example.com/a?b=c&d=e#f user@example.com",
    "(masterpiece:1.2), [bad hands], {curly}, <lora:thing:0.8>",
    "<|startoftext|>hello<|endoftext|>",
    "<|startoftext|> spaced <|endoftext|> text",
    "supercalifragilisticexpialidocious antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "\ufb01\ufb02 ligatures \uff21\uff22\uff23 full width \u2122 \u00ae \u00a9",
    "\u0000nul\u0007bell",
    "math: \u2211 x\u1d62 \u2264 \u221e \u2208 \u211d",
]

WORDS = """giraffe zebra photo of the a an on grass oil painting by studio light 4k highly detailed trending cat's dog elephant, sunset!
portrait; bokeh (35mm) film-grain ultra-wide stained glass steampunk caf\u00e9 \u00e9l\u00e8ve jalape\u00f1o pi\u00f1ata Z\u00fcrich d\u00e9j\u00e0-vu 1920s 16:9
o'clock they're we'd rococo baroque impressionism unreal engine 5 octane-render volumetric fog mist\u00e9rio \u6771\u4eac \u041c\u043e\u0441\u043a\u0432\u0430""".split()


def prompts():
    draw = random.Random(7)
    found = list(BY_HAND)
    while len(found) < 170:
        found.append(" ".join(draw.choice(WORDS) for _ in range(draw.randint(1, 24))))
    while len(found) < 200:
        found.append(" ".join(draw.choice(WORDS) for _ in range(draw.randint(60, 130))))
    return found


def published_tokenizer():
    merges = gzip.open(MERGES, "rt", encoding="utf8").read().strip().split("\n")
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    signs = [chr(byte) for byte in printable] + [chr(256 + n) for n in range(256 - len(printable))]
    tokens = signs + [sign + "</w>" for sign in signs]
    tokens += ["".join(merge.split()) for merge in merges] + ["<|startoftext|>", "<|endoftext|>"]
    vocab = {token: index for index, token in enumerate(tokens)}
    assert len(vocab) == 49408, len(vocab)
    return CLIPTokenizer(vocab=vocab, merges=[tuple(merge.split()) for merge in merges])


def main():
    tokenizer = published_tokenizer()
    # The ids that the published tokenizer is known for.
    assert tokenizer("a photo of a cat").input_ids == [49406, 320, 1125, 539, 320, 2368, 49407]
    rows = []
    for prompt in prompts():
        ids = tokenizer(prompt, padding="max_length", truncation=True, max_length=77).input_ids
        # The end token fills the rest.
        while len(ids) > 1 and ids[-1] == 49407 and ids[-2] == 49407:
            ids.pop()
        rows.append({"prompt": prompt, "ids": ids})
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    Path(sys.argv[1]).write_text(f"[\n{lines}\n]\n")
    print(len(rows), "prompts,", sum(len(row["ids"]) for row in rows), "ids")


main()
