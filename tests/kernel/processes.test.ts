/** Processes do in the kernel what they do on Linux: every scenario, as it was recorded there (`record-scenarios.ts`). */
import recorded from './processes/expected.json' with { type: 'json' };
import { compareWithLinux } from './scenarios.ts';

compareWithLinux(new URL('processes/programs.py', import.meta.url), recorded.scenarios, ['chromium', 'firefox']);
