"""What the operating system has to bring: the libraries that WeasyPrint draws with."""

import ctypes
import os
import shutil
import subprocess

from scripts.console import Trouble, say

LIBRARIES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
ELSEWHERE = {
    "dnf": "pango harfbuzz fontconfig",
    "zypper": "pango harfbuzz fontconfig",
    "pacman": "pango",
    "apk": "pango",
}


def ensure_libraries() -> None:
    """Install the missing libraries, or say which packages have them."""
    missing = missing_libraries()
    if missing:
        install([LIBRARIES[name] for name in missing], why=f"WeasyPrint misses {', '.join(missing)}")
    if missing_libraries():
        raise Trouble(f"Still missing after the installation: {', '.join(missing_libraries())}.")


def missing_libraries() -> list[str]:
    """The libraries that cannot be loaded."""
    return [name for name in LIBRARIES if not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install(packages: list[str], *, why: str) -> None:
    """Install Debian packages as root or through sudo; where neither can, tell the user what to install."""
    apt = _apt_get()
    if apt is None:
        raise Trouble(_instructions(packages, why))
    say(f"{why}: installing {' '.join(packages)}")
    subprocess.run([*apt, "update", "-qq"], stdin=subprocess.DEVNULL)
    known = [package for package in packages if _is_known(package)]
    command = [*apt, "install", "-y", "-qq", "--no-install-recommends", *known]
    if not known or subprocess.run(command, stdin=subprocess.DEVNULL).returncode:
        raise Trouble(_instructions(packages, why))


def _apt_get() -> list[str] | None:
    if shutil.which("apt-get") is None:
        return None
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if os.geteuid() == 0:
        return command
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n", *command]
    return None


def _is_known(package: str) -> bool:
    return subprocess.run(["apt-cache", "show", package], capture_output=True).returncode == 0


def _instructions(packages: list[str], why: str) -> str:
    lines = [f"{why}. Please install this, and run the same command again:"]
    lines.append(f"  Debian, Ubuntu:  sudo apt-get install {' '.join(packages)}")
    for manager, names in ELSEWHERE.items():
        if shutil.which(manager) and any(package.startswith("libpango") for package in packages):
            lines.append(f"  here ({manager}):  {names}")
    return "\n".join(lines)
