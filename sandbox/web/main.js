import { App } from './app.js';
import { connect } from './live.js';
import { html, render } from './view.js';

const root = document.getElementById('app');
root.replaceChildren();
render(html`<${App} />`, root);
connect();
