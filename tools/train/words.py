"""The vocabulary of the captions, as a tokenizer.json and as token ids."""

import json
import random

LENGTH = 12
SPECIAL = ["<pad>", "<bos>", "<eos>"]
GROUNDS = ["grass", "sand", "snow", "mud"]
# The order of the first words is that of the first released model, so that its embeddings can be kept.
WORDS = (
    SPECIAL
    + ["a", "photo", "of", "an", "animal", "on"]
    + ["giraffe", "horse", "cow", "elephant", "dog", "cat", "deer", "dinosaur"]
    + GROUNDS
    + ["sheep", "pig", "bear", "fox", "camel", "rhino", "llama", "lion"]
)
IDS = {word: i for i, word in enumerate(WORDS)}
BOS, EOS = 1, 2
EMPTY_SHARE = 0.15


def token_ids(caption):
    """`<bos> words <eos>`, padded with `<eos>`; raises KeyError for an unknown word."""
    row = [BOS] + [IDS[word] for word in caption.split()] + [EOS]
    return row + [EOS] * (LENGTH - len(row))


def varied(caption, chance=random):
    """A caption as it is trained on: sometimes less precise, sometimes empty (classifier-free guidance)."""
    draw = chance.random()
    if draw < EMPTY_SHARE:
        return ""
    if draw < 0.5:
        return caption
    front, ground = caption.split(" on ")
    if draw < 0.62:
        return front
    return f"a photo of an animal on {ground}" if draw < 0.75 else "a photo of an animal"


def tokenizer_json():
    """The tokenizer for the pack, whole words, in the format of the tokenizers library."""
    token = lambda i: {"id": i, "content": SPECIAL[i], "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    special = lambda word: {"SpecialToken": {"id": word, "type_id": 0}}
    text = lambda name, kind: {"Sequence": {"id": name, "type_id": kind}}
    return json.dumps(
        {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [token(i) for i in range(3)],
            "normalizer": {"type": "Lowercase"},
            "pre_tokenizer": {"type": "Whitespace"},
            "post_processor": {
                "type": "TemplateProcessing",
                "single": [special("<bos>"), text("A", 0), special("<eos>")],
                "pair": [special("<bos>"), text("A", 0), text("B", 1), special("<eos>")],
                "special_tokens": {w: {"id": w, "ids": [IDS[w]], "tokens": [w]} for w in ("<bos>", "<eos>")},
            },
            "decoder": None,
            "model": {"type": "WordLevel", "vocab": IDS, "unk_token": "<pad>"},
        },
        indent=1,
    )


TOKENIZER_CONFIG = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "model_max_length": LENGTH,
    "bos_token": "<bos>",
    "eos_token": "<eos>",
    "pad_token": "<eos>",
    "unk_token": "<pad>",
}
