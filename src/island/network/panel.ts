/** The form in which a reader writes a request or a line for a port that listens, with the answer below it. */
import type { Port } from '../../session/contract.ts';
import { make } from '../make.ts';
import { Conversation } from './conversation.ts';
import { exchange } from './exchange.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

let fields = 0;

/** `control` with its label in front. */
function labelled(words: string, control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement): HTMLElement {
  fields += 1;
  control.id = `port-field-${fields}`;
  const label = make('label', '', words);
  label.htmlFor = control.id;
  return make('span', 'port-field', label, control);
}

function select(values: readonly string[]): HTMLSelectElement {
  return make('select', '', ...values.map((value) => new Option(value)));
}

function input(value: string): HTMLInputElement {
  return Object.assign(make('input', ''), { value, autocomplete: 'off', spellcheck: false, autocapitalize: 'off' });
}

export class Panel {
  readonly element = make('div', 'port-panel');
  readonly #form = make('form', 'port-form');
  readonly #answer = make('div', 'port-answer');
  readonly #ports = select([]);
  readonly #portField = labelled('Port', this.#ports);
  readonly #protocol = select(['HTTP', 'Text']);
  readonly #method = select(methods);
  readonly #path = input('/');
  readonly #body = Object.assign(make('textarea', ''), { rows: 3, spellcheck: false });
  readonly #line = input('');
  readonly #http = [labelled('Method', this.#method), labelled('Path', this.#path), labelled('Body', this.#body)];
  readonly #text = [labelled('Line', this.#line)];
  readonly #send = make('button', '', 'Send');
  readonly #end = make('button', '', 'End of input');
  readonly #close = make('button', '', 'Cancel');
  #known: readonly Port[] = [];
  #cancel: (() => void) | undefined;
  #conversation: Conversation | undefined;

  constructor() {
    this.#body.closest('.port-field')?.classList.add('is-wide');
    this.#end.type = this.#close.type = 'button';
    this.#form.append(this.#portField, labelled('As', this.#protocol), ...this.#http, ...this.#text);
    this.#form.append(this.#send, this.#end, this.#close);
    this.element.append(this.#form, this.#answer);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    for (const choice of [this.#ports, this.#protocol, this.#method]) {
      choice.addEventListener('change', () => {
        if (choice !== this.#method) this.#stop();
        this.#draw();
      });
    }
    // Ctrl+Enter would run the cell.
    this.#form.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
      event.stopPropagation();
      if (event.shiftKey) return;
      event.preventDefault();
      this.#form.requestSubmit();
    });
    this.#end.addEventListener('click', () => {
      this.#conversation?.end();
    });
    this.#close.addEventListener('click', () => {
      this.#stop();
      this.#draw();
      this.#first.focus();
    });
    this.#draw();
  }

  /** The ports that listen now. */
  set ports(ports: readonly Port[]) {
    const chosen = this.#known[this.#ports.selectedIndex];
    this.#known = ports;
    this.#ports.replaceChildren(...ports.map(({ port }) => new Option(String(port))));
    this.#ports.selectedIndex = Math.max(0, chosen ? ports.indexOf(chosen) : 0);
    this.#draw();
  }

  /** Whether something is shown that a reader would miss. */
  get used(): boolean {
    return this.#answer.childNodes.length > 0;
  }

  focus(): void {
    this.#first.focus();
  }

  /** Gives up what is under way. */
  close(): void {
    this.#stop();
  }

  get #isHttp(): boolean {
    return this.#protocol.value === 'HTTP';
  }

  get #first(): HTMLElement {
    return this.#isHttp ? this.#path : this.#line;
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#conversation?.close();
    this.#conversation = undefined;
  }

  #submit(): void {
    const port = this.#known[this.#ports.selectedIndex];
    if (!port) return;
    if (this.#isHttp) this.#request(port);
    else this.#say(port);
    this.#draw();
  }

  #request(port: Port): void {
    this.#stop();
    const path = this.#path.value.trim();
    const withBody = !['GET', 'HEAD'].includes(this.#method.value);
    const request = {
      method: this.#method.value,
      path: path.startsWith('/') || path === '*' ? path : `/${path}`,
      body: withBody ? this.#body.value : '',
    };
    this.#cancel = exchange(port, request, this.#answer, () => {
      this.#cancel = undefined;
      this.#draw();
    });
  }

  #say(port: Port): void {
    if (!this.#conversation?.open) {
      this.#conversation = new Conversation(port, this.#answer, () => {
        this.#draw();
      });
    }
    this.#conversation.send(this.#line.value);
    this.#line.value = '';
  }

  /** Shows the fields and buttons that can act now. */
  #draw(): void {
    const http = this.#isHttp;
    const talking = this.#conversation?.open ?? false;
    this.#portField.hidden = this.#known.length < 2;
    for (const field of this.#http) field.hidden = !http;
    for (const field of this.#text) field.hidden = http;
    const [, , body] = this.#http;
    if (body && ['GET', 'HEAD'].includes(this.#method.value)) body.hidden = true;
    this.#send.disabled = this.#known.length === 0 || this.#cancel !== undefined;
    this.#end.hidden = !talking;
    this.#close.hidden = !talking && this.#cancel === undefined;
    this.#close.textContent = talking ? 'Close' : 'Cancel';
  }
}
