customElements.define('py-cell', class extends HTMLElement {});
