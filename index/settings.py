"""IndexSettings: where things are kept and which encoder is used."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from corpus.limits import Limits
from corpus.limits import from_environment as limits_from_environment

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DEFAULT_HOME = PROJECT_ROOT / ".wenbao"
DEFAULT_REPORTS = PROJECT_ROOT / "corpus" / "reports"
BUNDLED_ENCODER = "bundled"


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """Settings of the index.

    ``home`` is the folder of everything that the program makes; ``encoder`` is ``bundled``,
    or the name or folder of any sentence-transformers model that is on this computer;
    ``limits`` bound what reading one file may cost.
    """

    home: Path = DEFAULT_HOME
    encoder: str = BUNDLED_ENCODER
    limits: Limits = field(default_factory=Limits)

    @property
    def index_dir(self) -> Path:
        """The folder of the default index."""
        return self.home / "index"

    def holdings_dir(self, index_dir: Path) -> Path:
        """Return the folder of the report files that were given to an index: each index has its own."""
        return self.home / "reports" if index_dir == self.index_dir else index_dir / "reports"

    @property
    def models_dir(self) -> Path:
        """The folder of models that were made ready."""
        return self.home / "models"


def from_environment() -> IndexSettings:
    """Read ``WENBAO_HOME``, ``WENBAO_ENCODER`` and the limits of reading; only the doors of the program call this."""
    return IndexSettings(
        home=Path(os.environ.get("WENBAO_HOME") or DEFAULT_HOME).expanduser().absolute(),
        encoder=os.environ.get("WENBAO_ENCODER") or BUNDLED_ENCODER,
        limits=limits_from_environment(),
    )
