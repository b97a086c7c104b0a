// Puts the parts together, and says how the page itself is connected.

import { Live } from './live.js';
import { Running } from './running.js';
import { Agents } from './agents.js';
import { Transcript } from './transcript.js';
import { Ended } from './ended.js';
import { say } from './words.js';

const live = new Live();
const transcript = new Transcript(live);
const narrow = window.matchMedia('(max-width: 759px)');

function reading(is) {
  document.body.classList.toggle('reading', is);
}

function open(key) {
  ended.rows.mark(null);
  running.rows.mark(key);
  live.look(key);
  transcript.said = false;
  reading(true);
  if (narrow.matches) document.getElementById('back').focus();
}

const running = new Running(live, open);
const agents = new Agents(live);
const ended = new Ended(live, transcript, () => {
  live.close();
  running.rows.mark(null);
  reading(true);
});

function close() {
  const row = document.querySelector('[aria-current=true]');
  reading(false);
  live.close();
  running.rows.mark(null);
  ended.rows.mark(null);
  transcript.shut();
  if (row) row.focus();
}

function show(view) {
  document.body.dataset.view = view;
  for (const each of ['running', 'agents', 'ended']) {
    document.getElementById('show-' + each).setAttribute('aria-pressed', String(each === view));
  }
  agents.show(view === 'agents');
  reading(false);
}

for (const each of ['running', 'agents', 'ended']) {
  document.getElementById('show-' + each).addEventListener('click', () => show(each));
}
document.getElementById('back').addEventListener('click', close);
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && live.selected) close();
});

const CONNECTIONS = {
  live: 'Up to date', reconnecting: 'Connecting again …', lost: 'No connection: what is shown is not up to date'
};
live.addEventListener('connection', event => {
  document.getElementById('connection').dataset.state = event.detail;
  say(document.getElementById('connection-text'), CONNECTIONS[event.detail]);
});
live.addEventListener('all', () => { document.getElementById('show-ended').hidden = !live.canSearch; });

setInterval(() => running.grow(), 5000);
live.start();
