/** `python` reads its command line in the kernel as on Linux. */
import recorded from './command-line/expected.json' with { type: 'json' };
import { compareWithLinux } from './scenarios.ts';

compareWithLinux(new URL('command-line/programs.py', import.meta.url), recorded.scenarios);
