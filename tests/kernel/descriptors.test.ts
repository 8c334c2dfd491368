/** Descriptors do in the kernel what they do on Linux: every scenario, as it was recorded there (`record-scenarios.ts`). */
import recorded from './descriptors/expected.json' with { type: 'json' };
import { compareWithLinux } from './scenarios.ts';

compareWithLinux(new URL('descriptors/programs.py', import.meta.url), recorded.scenarios);
