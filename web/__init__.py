"""The web chat: an ``Answer`` as a page, and the server that shows it."""
