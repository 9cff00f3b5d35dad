"""The floor of benchmarks.discord: a discord.py client that answers a tap with a modal and a modal with a line."""

from __future__ import annotations

import os
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


class Bare(discord.AutoShardedClient):
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        if interaction.type is discord.InteractionType.component:
            asked = discord.ui.Modal(title="The held dose", custom_id="reply")
            asked.add_item(
                discord.ui.Label(
                    text="What you say",
                    component=discord.ui.TextInput(custom_id="words", style=discord.TextStyle.paragraph),
                )
            )
            await interaction.response.send_modal(asked)
        else:
            await interaction.response.send_message(
                "Reading your reply…", ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
            )


def main() -> None:
    Route.BASE = os.environ["READBACK_DISCORD_API_BASE"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["READBACK_DISCORD_GATEWAY_URL"])
    client = Bare(intents=discord.Intents(guilds=True), shard_count=1, max_messages=None)
    client.run(os.environ["DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
