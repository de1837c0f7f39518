"""Other surroundings for a command: clock, time zone, locale, user, home, seed of hashes."""

import shutil
import subprocess
import warnings
from pathlib import Path

YEARS = 3
SECONDS = YEARS * 365 * 86_400
# Every way to ask the system for the time of day that a program linked in the usual way has. Times
# of files are the kernel's own and are not shifted; nor are clocks that only measure how long.
_CLOCK = f"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>
int clock_gettime(clockid_t which, struct timespec *now) {{
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(which, now);
    if (!failed && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
        now->tv_sec += {SECONDS};
    return failed;
}}
int gettimeofday(struct timeval *now, void *zone) {{
    struct timespec found;
    int failed = clock_gettime(CLOCK_REALTIME, &found);
    now->tv_sec = found.tv_sec;
    now->tv_usec = found.tv_nsec / 1000;
    return failed;
}}
time_t time(time_t *into) {{
    struct timespec found;
    clock_gettime(CLOCK_REALTIME, &found);
    if (into)
        *into = found.tv_sec;
    return found.tv_sec;
}}
"""


def others(folder: Path) -> dict[str, str]:
    """Return an environment of other surroundings; what it needs is put into ``folder``."""
    for name in ("home", "temporary"):
        (folder / name).mkdir(parents=True)
    return {
        "TZ": "Pacific/Kiritimati",
        "USER": "somebody",
        "LOGNAME": "somebody",
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "temporary"),
        "PYTHONHASHSEED": "7",
        **_german(folder),
        **_clock(folder),
    }


def _german(folder: Path) -> dict[str, str]:
    """Return a locale of decimal commas, made for this; plain C where it can't be had."""
    made = shutil.which("localedef") and subprocess.run(
        ["localedef", "-i", "de_DE", "-f", "ISO-8859-1", str(folder / "de_DE.ISO-8859-1")],
        capture_output=True,
    )
    if not made or not (folder / "de_DE.ISO-8859-1").is_dir():
        return {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    return {"LC_ALL": "de_DE.ISO-8859-1", "LANG": "de_DE.ISO-8859-1", "LOCPATH": str(folder)}


def _clock(folder: Path) -> dict[str, str]:
    """Return a clock that is years ahead; none, with a warning, where there is no C compiler."""
    compiler = shutil.which("cc")
    if not compiler:
        warnings.warn("no C compiler here: the clock is not shifted", stacklevel=2)
        return {}
    (folder / "clock.c").write_text(_CLOCK, "utf-8")
    library = folder / "clock.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", library, folder / "clock.c", "-ldl"]
    subprocess.run(command, check=True, capture_output=True)
    return {"LD_PRELOAD": str(library)}
