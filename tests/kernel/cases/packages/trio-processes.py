"""Child processes of trio: output, exit code, one ended by its scope, one that is talked to."""
# expect: 42; exit code 3; cancelled; b'ABC\n'
import subprocess
import sys

import trio

# One write for each line, whether the child buffers its output or not.
ECHO = r"for line in iter(input, 'end'): print(line.upper() + '\n', end='', flush=True)"


def command(code):
    return [sys.executable, "-c", code]


async def conversation():
    async with trio.open_nursery() as nursery:
        def run(task_status):
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            return trio.run_process(command(ECHO), **pipes, task_status=task_status)

        process = await nursery.start(run)
        await process.stdin.send_all(b"abc\n")
        answer = await process.stdout.receive_some()
        await process.stdin.send_all(b"end\n")
    return answer


async def main():
    words = []
    done = await trio.run_process(command("print(6 * 7)"), capture_stdout=True)
    words.append(done.stdout.decode().strip())
    try:
        await trio.run_process(command("raise SystemExit(3)"))
    except subprocess.CalledProcessError as error:
        words.append(f"exit code {error.returncode}")
    with trio.move_on_after(0.5) as scope:
        await trio.run_process(command("import time; time.sleep(3600)"))
    words.append("cancelled" if scope.cancelled_caught else "not cancelled")
    words.append(repr(await conversation()))
    print("; ".join(words))


trio.run(main)
