"""Telling people that something happened: mail and signed webhooks, queued with the act itself and sent later."""
