"""Runs one program for the recorder and tells what it does as JSON lines, each with its time.

Given to the interpreter with ``-c``, so that it also works where the recorder's files are not to be
seen (another root, another machine). The request comes on standard input, once; the program itself
gets an empty one. Nothing of the program reaches our standard output but inside a JSON string.
"""

import codecs
import json
import os
import platform
import selectors
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time


def tell(**message):
    print(json.dumps(message), flush=True)


class Stream:
    """Decodes one pipe; `hidden` are paths of this machine, each with what is told in its place."""

    def __init__(self, file, hidden):
        self.file = file
        self.hidden = hidden
        self.held = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        os.set_blocking(file.fileno(), False)

    def read(self):
        """New text, or None at the end of the pipe."""
        data = b""
        try:
            while piece := os.read(self.file.fileno(), 1 << 16):
                data += piece
            closed = True
        except BlockingIOError:
            closed = False
        text = self.held + self.decoder.decode(data, closed)
        self.held = ""
        text = self.told(text, os.sep)
        if not closed:
            # A path may go on in the next piece.
            for length in range(min(max(map(len, self.hidden)), len(text)), 0, -1):
                end = text[-length:]
                if any(path.startswith(end) and path != end for path in self.hidden):
                    text, self.held = text[:-length], end
                    break
        text = self.told(text, "")
        return None if closed and not text else text

    def told(self, text, ending):
        """The text without the paths that end so: those with a separator have to go first."""
        for path, told in self.hidden.items():
            if path.endswith(ending):
                text = text.replace(path, told)
        return text


def main(request):
    threaded = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    tell(
        type="producer",
        python=platform.python_version() + threaded,
        platform=f"{platform.system()} {platform.machine()}",
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
    )
    with tempfile.TemporaryDirectory() as folder:
        tools, work = os.path.join(folder, "tools"), os.path.join(folder, "work")
        for place, files in ((tools, request["tools"]), (work, request["files"])):
            os.mkdir(place)
            for name, text in files.items():
                with open(os.path.join(place, name), "w", encoding="utf-8", newline="") as file:
                    file.write(text)
        program = os.path.join(tools if request["inTools"] else work, request["program"])
        run(program, request["inTools"], tools, work, request["timeout"])


def run(program, in_tools, tools, work, timeout):
    report_read, report_write = os.pipe()
    answer_read, answer_write = os.pipe()
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": work,
        "LANG": "C.UTF-8",
        "PYTHONPATH": tools,
        "PYTHONDONTWRITEBYTECODE": "1",
        "RECORDER_REPORT": f"{report_write} {answer_read}",
        "RECORDER_SCRIPT": "" if in_tools else "1",
    }
    process = subprocess.Popen(
        [sys.executable, program],
        cwd=work,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=(report_write, answer_read),
        start_new_session=True,
    )
    os.close(report_write)
    os.close(answer_read)
    hidden = {work + os.sep: "", tools + os.sep: "", work: ".", tools: "."}
    if sys.prefix != sys.base_prefix:
        # Of a virtual environment: what is installed there is named as if it were the system's.
        hidden[sys.prefix + os.sep] = sys.base_prefix + os.sep
    streams = {"stdout": Stream(process.stdout, hidden), "stderr": Stream(process.stderr, hidden)}
    with selectors.DefaultSelector() as selector, open(report_read, "rb", buffering=0) as reports:
        for name, stream in streams.items():
            selector.register(stream.file, selectors.EVENT_READ, name)
        selector.register(reports, selectors.EVENT_READ, "report")
        deadline = time.monotonic() + timeout
        timed_out = follow(selector, streams, reports, answer_write, deadline, hidden)
    if timed_out:
        os.killpg(process.pid, signal.SIGKILL)
    code = process.wait()
    tell(type="end", time=time.perf_counter(), code=code, timedOut=timed_out)


def follow(selector, streams, reports, answers, deadline, hidden):
    """Tells all that comes until every pipe is closed; true when the deadline came first."""
    lines = b""
    while selector.get_map():
        ready = {key.data for key, _ in selector.select(max(0, deadline - time.monotonic()))}
        if time.monotonic() >= deadline:
            return True
        now = time.perf_counter()
        # The program flushes, reports, and waits for the answer: what it printed comes first.
        wanted = streams if "report" in ready else ready
        open_files = [key.fileobj for key in selector.get_map().values()]
        for name, stream in streams.items():
            if name not in wanted or stream.file not in open_files:
                continue
            text = stream.read()
            if text is None:
                selector.unregister(stream.file)
            elif text:
                tell(type=name, time=now, text=text)
        if "report" in ready:
            data = os.read(reports.fileno(), 1 << 16)
            if not data:
                selector.unregister(reports)
            *whole, lines = (lines + data).split(b"\n")
            for line in whole:
                text = line.decode()
                for path, told in hidden.items():
                    text = text.replace(json.dumps(path)[1:-1], json.dumps(told)[1:-1])
                tell(type="report", time=now, report=json.loads(text))
                os.write(answers, b"\n")
    return False


if __name__ == "__main__":
    main(json.load(sys.stdin))
