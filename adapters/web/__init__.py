"""Readback in the browser: the local chat room, and later the dashboard."""
