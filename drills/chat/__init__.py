"""The platform-neutral message model: what is shown, what is pressed, what comes in."""
