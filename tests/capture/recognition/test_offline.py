import subprocess
import sys

import pytest

ATTEMPTS = {
    "a connection": "socket.create_connection(('127.0.0.1', 9))",
    "a name": "socket.getaddrinfo('example.invalid', 80)",
    "a library's download": "import requests; requests.get('http://127.0.0.1:9/model.onnx')",
}
PROGRAM = """
import socket
from app.capture.recognition.offline import NetworkRefused, refuse_network
refuse_network()
try:
    {attempt}
except NetworkRefused:
    print("refused")
"""


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_a_process_that_refuses_the_network_does_not_reach_it(attempt: str) -> None:
    """The process that reads refuses it from its start, and its models are loaded and used so in test_reader.py."""
    program = PROGRAM.format(attempt=attempt)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"
