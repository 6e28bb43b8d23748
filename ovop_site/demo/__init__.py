"""The demo: examples for whoever looks at Sentra OVOP for the first time. Nothing else imports this package."""

PASSWORD = "ovop-demo"
