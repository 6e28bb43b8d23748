"""The smallest web server that a supervisor can look after."""


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"sehat\n"]
