"""The optional small encoder (extra `embedded`): likeness of meaning from word vectors that wordllama's wheel carries.

Its files are read where pip put them. The package itself is never imported: it would look for its tokenizer online.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_WEIGHTS = "weights/l2_supercat_256.safetensors"
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"


@dataclass(frozen=True, slots=True)
class Encoded:
    """One vector of length one a text."""

    _rows: NDArray[np.float32]

    def alike(self, others: Encoded) -> list[tuple[float, ...]]:
        """Cosines, one row for each of ours."""
        return [tuple(row) for row in (self._rows @ others._rows.T).tolist()]


class Encoder:
    """The mean of a text's word-piece vectors; 0.1 ms a text, 16 MB."""

    name = "wordllama-256"

    def __init__(self, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
        self._tokenizer = tokenizer
        self._vectors = vectors

    def encode(self, texts: Sequence[str]) -> Encoded:
        """A text without a word piece is alike to nothing."""
        import numpy as np  # noqa: PLC0415

        pieces = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        rows = np.zeros((len(texts), self._vectors.shape[1]), dtype=np.float32)
        for row, piece in zip(rows, pieces, strict=True):
            if piece.ids:
                mean = self._vectors[piece.ids].mean(axis=0)
                row[:] = mean / max(1e-6, float(np.linalg.norm(mean)))
        return Encoded(rows)


@cache
def installed() -> Encoder | None:
    """The encoder, or None where the extra `embedded` is not installed."""
    if not all(find_spec(name) for name in ("wordllama", "tokenizers", "safetensors", "numpy")):
        return None
    import numpy as np  # noqa: PLC0415
    from safetensors.numpy import load_file  # noqa: PLC0415
    from tokenizers import Tokenizer  # noqa: PLC0415

    spec = find_spec("wordllama")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    if not (folder / _WEIGHTS).is_file() or not (folder / _TOKENIZER).is_file():
        return None
    tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Encoder(tokenizer, load_file(folder / _WEIGHTS)["embedding.weight"].astype(np.float32))
