"""Published pages, looked at as their readers do: axe in a browser, and checks of our own."""
