/** Processes share memory in the kernel as they do on Linux: every scenario, as it was recorded there (`record-scenarios.ts`). */
import recorded from './shared-memory/expected.json' with { type: 'json' };
import { compareWithLinux } from './scenarios.ts';

compareWithLinux(new URL('shared-memory/programs.py', import.meta.url), recorded.scenarios);
