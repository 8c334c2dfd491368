/** Signals to groups, waiting and the resource tracker do in the kernel what they do on Linux (`record-scenarios.ts`). */
import recorded from './process-control/expected.json' with { type: 'json' };
import { compareWithLinux } from './scenarios.ts';

compareWithLinux(new URL('process-control/programs.py', import.meta.url), recorded.scenarios, ['chromium', 'firefox']);
