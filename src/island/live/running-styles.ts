/** The styles of what a cell has only while it runs; they come with the code that runs it. */
import styles from './running.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);
