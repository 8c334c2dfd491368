/**
 * A client of W3C WebDriver: the commands that these tests use, each one request over HTTP.
 *
 * Invariant: a command that the browser refuses rejects, with the driver's own words; nothing here waits or tries again.
 * Source: https://www.w3.org/TR/webdriver2/
 */

/** The code points that stand for keys without a character: https://www.w3.org/TR/webdriver2/#keyboard-actions */
const keys: Readonly<Record<string, string>> = {
  Alt: '\uE00A',
  ArrowDown: '\uE015',
  ArrowUp: '\uE013',
  Control: '\uE009',
  Enter: '\uE007',
  Escape: '\uE00C',
  Shift: '\uE008',
  Space: ' ',
  Tab: '\uE004',
};

/** The property under which the protocol hands an element over. */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';
type ElementReference = Readonly<Record<typeof elementKey, string>>;

interface KeyAction {
  readonly type: 'keyDown' | 'keyUp';
  readonly value: string;
}

interface ErrorBody {
  readonly error: string;
  readonly message: string;
}

async function send(address: string, method: 'GET' | 'POST' | 'DELETE', body?: object): Promise<unknown> {
  const response = await fetch(address, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as ErrorBody;
  throw new Error(`${method} ${new URL(address).pathname}: ${error}: ${message}`);
}

export class WebDriver {
  readonly #session: string;

  private constructor(session: string) {
    this.#session = session;
  }

  /** @param driver the address of the driver, without a final slash */
  static async start(driver: string, capabilities: Readonly<Record<string, unknown>>): Promise<WebDriver> {
    const asked = { capabilities: { alwaysMatch: capabilities } };
    const { sessionId } = (await send(`${driver}/session`, 'POST', asked)) as { sessionId: string };
    return new WebDriver(`${driver}/session/${sessionId}`);
  }

  /** Closes the browser. */
  async end(): Promise<void> {
    await send(this.#session, 'DELETE');
  }

  /** Comes back when the page has loaded. */
  async goto(url: string): Promise<void> {
    await this.#post('url', { url });
  }

  async reload(): Promise<void> {
    await this.#post('refresh', {});
  }

  /** Sets where the window stands on the screen, and its outer size, in CSS pixels. */
  async placeWindow(place: { x: number; y: number; width: number; height: number }): Promise<void> {
    await this.#post('window/rect', place);
  }

  /** Runs a function in the page; it sees only its arguments, which go there as JSON. A promise is waited for; undefined comes back as null. */
  async evaluate<Given extends readonly unknown[], Result>(
    work: (...given: Given) => Result,
    ...given: Given
  ): Promise<Awaited<Result>> {
    const script = `return (${work.toString()}).apply(null, arguments)`;
    return (await this.#post('execute/sync', { script, args: given })) as Awaited<Result>;
  }

  /** Runs the text of a classic script in the page. */
  async addScript(script: string): Promise<void> {
    await this.#post('execute/sync', { script, args: [] });
  }

  /** What follows is said to the page in the frame that `find` finds in this one; without it, to the outermost page. */
  async enterFrame(find?: () => Element | null | undefined): Promise<void> {
    const script = `return (${String(find)})()`;
    await this.#post('frame', { id: find ? await this.#post('execute/sync', { script, args: [] }) : null });
  }

  /** Presses the mouse on the middle of an element, which has to be visible and not covered. */
  async click(selector: string): Promise<void> {
    await this.#post(`element/${await this.#find(selector)}/click`, {});
  }

  /** The accessible name that the browser computes for an element. */
  async accessibleName(selector: string): Promise<string> {
    return (await send(`${this.#session}/element/${await this.#find(selector)}/computedlabel`, 'GET')) as string;
  }

  /** Presses keys together, for example `Control+k`, and lets go of them. */
  async press(chord: string): Promise<void> {
    // The + that joins two keys has a key before it.
    const values = chord.split(/(?<=.)\+/).map((key) => keys[key] ?? key);
    await this.#keys([
      ...values.map((value): KeyAction => ({ type: 'keyDown', value })),
      ...values.toReversed().map((value): KeyAction => ({ type: 'keyUp', value })),
    ]);
  }

  /** Types a text, character by character. */
  async type(text: string): Promise<void> {
    const pressed = Array.from(text, (character): readonly KeyAction[] => {
      const value = character === '\n' ? (keys['Enter'] ?? '') : character;
      return [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ];
    });
    await this.#keys(pressed.flat());
  }

  async #find(selector: string): Promise<string> {
    const found = await this.#post('element', { using: 'css selector', value: selector });
    return (found as ElementReference)[elementKey];
  }

  async #keys(actions: readonly KeyAction[]): Promise<void> {
    await this.#post('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  #post(command: string, body: object): Promise<unknown> {
    return send(`${this.#session}/${command}`, 'POST', body);
  }
}
