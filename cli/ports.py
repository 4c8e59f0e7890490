"""Whether a port is free for us."""

import socket

from cases.refusals import Refused, refusal


def must_be_free(host: str, port: int, variable: str) -> None:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the servers themselves do: a connection that is still closing does not hold the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as failure:
            raise Refused(
                (
                    refusal(
                        "port-taken",
                        f"{host} 的端口 {port} 不能使用（{failure.strerror}）。请停止占用它的程序，或改 {variable}。",
                        f"Port {port} on {host} cannot be used ({failure.strerror}). "
                        f"Stop the program that has it, or choose another port with {variable}.",
                    ),
                )
            ) from failure
