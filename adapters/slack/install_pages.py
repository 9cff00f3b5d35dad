"""What an admin reads while installing: what is asked for, what comes next, and what went wrong."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from adapters.slack.manifest import INSTALL

_BEGIN = f"Nothing was installed. Please begin again at {INSTALL}."
_REASONS = {
    "access_denied": "You did not allow it, so nothing was installed.",
    "invalid_browser": f"This browser did not begin the installation, or blocks its cookie. {_BEGIN}",
    "invalid_state": f"This link was used before, or is older than ten minutes. {_BEGIN}",
    "missing_code": f"Slack sent no code along. {_BEGIN}",
    "invalid_code": f"Slack did not accept the installation. {_BEGIN} If it happens again, `readback doctor` and our "
    "log say why.",
}


class Pages:
    """HTML that reads well without style or script."""

    def __init__(self) -> None:
        loader = FileSystemLoader(Path(__file__).parent)
        self._page: Template = Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(
            "install_page.html"
        )

    def begin(self, url: str) -> str:
        return self._page.render(
            title="Add Readback to Slack",
            sentences=[
                "Readback posts short communication drills in the channels of care teams and gives private feedback.",
                "Slack's page lists what it asks for. What is optional there is for answers typed in threads only.",
                "In some workspaces an admin has to approve it first.",
            ],
            steps=[],
            link=url,
            link_text="Continue to Slack",
        )

    def done(self, where: str, link: str | None) -> str:
        return self._page.render(
            title="Readback is installed",
            sentences=[f"It is now in {where}. What comes next, in the channel of each care team:"],
            steps=["Type /invite @readback", "Type /drill setup and answer its questions"],
            link=link,
            link_text="Open Slack",
        )

    def failed(self, reason: str) -> str:
        """Reasons of Slack's own that we don't know are not repeated: anybody can write one into the address."""
        return self._page.render(
            title="Not installed",
            sentences=[_REASONS.get(reason, f"Slack ended the installation. {_BEGIN}")],
            steps=[],
            link=INSTALL,
            link_text="Begin again",
        )
