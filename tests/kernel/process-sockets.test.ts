/** Sockets are between processes what they are on Linux: every scenario, as it was recorded there (`record-scenarios.ts`). */
import recorded from './process-sockets/expected.json' with { type: 'json' };
import { compareWithLinux } from './scenarios.ts';

compareWithLinux(new URL('process-sockets/programs.py', import.meta.url), recorded.scenarios);
