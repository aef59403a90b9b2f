"""The playground's page: a chat in the browser in front of the real engine."""
