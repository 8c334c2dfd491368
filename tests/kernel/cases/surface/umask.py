# expect: 0o22 ['0o644', '0o755', '0o755', '0o600', '0o666', '0o640'] True
# The modes of new files, and how many processors there are.
import os
import tempfile

modes = []


def mode(path):
    modes.append(oct(os.stat(path).st_mode & 0o777))


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    open("file", "w").close()
    mode("file")
    os.mkdir("folder")
    mode("folder")
    os.close(os.open("program", os.O_CREAT | os.O_WRONLY))
    mode("program")
    mode(tempfile.mkstemp(dir=".")[1])
    first = os.umask(0)
    open("open", "w").close()
    mode("open")
    os.umask(0o027)
    open("group", "w").close()
    mode("group")
    os.umask(first)
    os.chdir("/")
usable = os.process_cpu_count()
print(oct(first), modes, 1 <= len(os.sched_getaffinity(0)) == usable <= os.cpu_count())
