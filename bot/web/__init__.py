"""The pages: playground, dashboard, webhook and health."""
