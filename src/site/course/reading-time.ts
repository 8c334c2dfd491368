/** About how long a chapter takes to read, from its MDX. Exercises are not read but done, and counted by themselves. */

/** Of prose, as adults read text that explains something; and of code, as one reads code that is explained beside it. */
const wordsPerMinute = 200;
const linesPerMinute = 20;

const exercises = /<(Exercise|Predict|Order|Choose)\b[\s\S]*?<\/\1>/gu;
const fences = /^(`{3,})[^\n]*\n([\s\S]*?)^\1[ \t]*$/gmu;

/** Whole minutes, in steps of five from ten on: it is no better known than that. */
export function minutesToRead(mdx: string): number {
  const text = mdx.replaceAll(exercises, '');
  let lines = 0;
  const prose = text.replaceAll(fences, (_all, _fence, code: string) => {
    lines += code.split('\n').filter((line) => line.trim() !== '').length;
    return '';
  });
  const words = prose
    .replaceAll(/^(?:import|export) .*$/gmu, '')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\]\([^)]*\)/gu, ']')
    .match(/\p{L}[\p{L}\p{N}’'-]*/gu);
  const minutes = (words?.length ?? 0) / wordsPerMinute + lines / linesPerMinute;
  return minutes < 10 ? Math.max(1, Math.round(minutes)) : Math.round(minutes / 5) * 5;
}
