// The conversations that run: who with whom, since when, state, last text, age of the last event.

import { Rows } from './rows.js';
import { age, clock, element, full, partyText, say, stateText } from './words.js';

export class Running {

  constructor(live, open) {
    this.live = live;
    this.filter = document.getElementById('running-filter');
    this.rows = new Rows(document.getElementById('conversations'), (row, value) => this.fill(row, value), open);
    this.dirty = new Set();
    this.filter.addEventListener('input', () => this.sift());
    live.addEventListener('all', () => this.all());
    live.addEventListener('row', event => this.dirty.add(event.detail));
    live.addEventListener('changed', () => this.paint());
  }

  fill(row, value) {
    if (!row.firstChild) {
      const top = element('span', 'top');
      top.append(element('span', 'who'), element('span', 'with'), element('time', 'age'));
      const under = element('span', 'under');
      under.append(element('span', 'state'), element('span', 'last'));
      row.append(top, under);
    }
    const [top, under] = row.children;
    say(top.children[0], value.agent);
    say(top.children[1], partyText(value));
    say(top.children[2], age(this.live.now() - value.at));
    top.children[2].title = 'last event ' + full(value.at);
    say(under.children[0], stateText(value.state));
    under.children[0].dataset.state = value.state;
    say(under.children[1], value.last || 'since ' + clock(value.since, this.live.now()));
    under.children[1].classList.toggle('none', !value.last);
    row.title = 'in session ' + value.session + ' since ' + full(value.since) + ', at ' + value.server;
    row.classList.toggle('ended', value.ended > 0);
  }

  all() {
    const known = this.live.conversations;
    this.rows.keep(new Set(known.keys()));
    for (const [key, value] of known) this.rows.put(key, value);
    this.dirty.clear();
    this.after();
  }

  /** At most once for each frame, however many events there are. */
  paint() {
    if (this.planned) return;
    this.planned = true;
    requestAnimationFrame(() => {
      this.planned = false;
      for (const key of this.dirty) {
        const value = this.live.conversations.get(key);
        if (value) this.rows.put(key, value);
        else this.rows.remove(key);
      }
      this.after(this.dirty);
      this.dirty.clear();
    });
  }

  after(changed) {
    this.sift(changed);
    let running = 0;
    for (const each of this.live.conversations.values()) running += each.ended > 0 ? 0 : 1;
    say(document.getElementById('running-count'), String(running));
    document.getElementById('no-conversations').hidden = this.live.conversations.size > 0;
  }

  sift(keys) {
    const wanted = this.filter.value.trim().toLowerCase();
    this.rows.filter(key => {
      const value = this.live.conversations.get(key);
      return !wanted || !value || [value.agent, value.party, value.last, value.session]
        .some(text => text.toLowerCase().includes(wanted));
    }, keys);
  }

  grow() {
    for (const [key, value] of this.live.conversations) {
      const row = this.rows.rows.get(key);
      if (row) say(row.querySelector('.age'), age(this.live.now() - value.at));
    }
  }
}
