/** `npm run check-host -- URL`: what the host of a deployed copy does wrong, and how to mend it; exit code 1 when it does. */
import { lookAt } from './look.ts';

const [address, ...more] = process.argv.slice(2);
if (address === undefined || more.length > 0 || !/^https?:\/\//.test(address) || !URL.canParse(address)) {
  console.error('npm run check-host -- URL   the address of the first page, such as https://example.org/course/');
  process.exit(2);
}
const findings = await lookAt(address);
for (const { state, what, mend } of findings) console.log(`${state === 'wrong' ? '✗' : '·'} ${what}\n    ${mend}`);
const wrong = findings.filter(({ state }) => state === 'wrong').length;
console.log(wrong === 0 ? `✓ ${address} serves the course as it is.` : `\nwrong: ${wrong}`);
process.exitCode = wrong === 0 ? 0 : 1;
