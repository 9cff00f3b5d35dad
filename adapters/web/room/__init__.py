"""The local chat room: a team's channel on this machine, and the reference for every other chat adapter."""
