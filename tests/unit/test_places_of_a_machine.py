"""No path of a machine reaches a page, and sockets work wherever temporary files lie."""

import socket
import tempfile
from pathlib import Path

import pytest

from darlington_analysis.publishing import kernel_launch, packs


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            'ZMQError: ipc path "/var/folders/a/dk-1/k-1" is longer',
            'ZMQError: ipc path "k-1" is longer',
        ),
        ("addr='ipc:///tmp/a/k-1'", "addr='k-1'"),
        ("No such file: '/srv/some one/x y/file.csv'", "No such file: 'file.csv'"),
        (r"can't read C:\Users\A B\file.csv now", "can't read file.csv now"),
        (r"\\server\share\file.csv", "file.csv"),
        ("~/notes/file.csv and file:///srv/a/b.csv", "file.csv and b.csv"),
        ("in /desk/notebooks/here", "in notebooks/here"),
        ("3/4 of 2018/19, https://example.org/a/b", "3/4 of 2018/19, https://example.org/a/b"),
    ],
)
def test_a_reason_on_a_page_names_no_folder_of_a_machine(said, told):
    """Names of files stay, and places within the project."""
    assert told == packs._without_places(said, Path("/desk"))


def test_sockets_work_whatever_the_folder_for_temporary_files(monkeypatch, tmp_path):
    """Its path may be longer than any socket's."""
    long = tmp_path / ("a" * 90) / ("b" * 90)
    long.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with kernel_launch.socket_folder() as folder, socket.socket(socket.AF_UNIX) as made:
        made.bind(f"{folder}/k-12345")
        assert Path(f"{folder}/k-12345").is_socket()
