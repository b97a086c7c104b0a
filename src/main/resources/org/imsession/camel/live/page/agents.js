// The agents with state, since and reason, by name.

import { Rows } from './rows.js';
import { clock, element, full, say, stateText } from './words.js';

const BY_NAME = new Intl.Collator(undefined, { numeric: true });

export class Agents {

  constructor(live) {
    this.live = live;
    this.filter = document.getElementById('agents-filter');
    this.trouble = document.getElementById('agents-trouble');
    this.rows = new Rows(document.getElementById('agents'), (row, value) => this.fill(row, value));
    this.dirty = new Set();
    this.visible = false;
    this.filter.addEventListener('input', () => this.sift());
    this.trouble.addEventListener('change', () => this.sift());
    live.addEventListener('all', () => this.all());
    live.addEventListener('agent', event => { this.dirty.add(event.detail); this.paint(); });
  }

  fill(row, value) {
    if (!row.firstChild) {
      const top = element('span', 'top');
      top.append(element('span', 'who'), element('span', 'state'), element('time', 'age'));
      row.append(top, element('span', 'reason'));
      row.tabIndex = 0;
    }
    const [top, reason] = row.children;
    say(top.children[0], value.agent);
    say(top.children[1], stateText(value.state));
    top.children[1].dataset.live = value.live;
    say(top.children[2], 'since ' + clock(value.since, this.live.now()));
    top.children[2].title = full(value.since);
    say(reason, (value.live ? '' : value.reason) + (value.gaps > 0 ? (value.live ? '' : ' · ') + value.gaps
      + (value.gaps === 1 ? ' gap' : ' gaps') : ''));
    row.title = value.reason + ' (' + value.server + ')';
  }

  show(visible) {
    this.visible = visible;
    if (visible) this.all();
  }

  /** The rows are made when they are looked at: there may be a thousand. */
  all() {
    this.count();
    if (!this.visible) return;
    const known = this.live.agents;
    this.rows.keep(new Set(known.keys()));
    const sorted = [...known.values()].sort((one, other) => BY_NAME.compare(one.agent, other.agent));
    let next = null;
    for (let i = sorted.length - 1; i >= 0; i--) next = this.rows.put(sorted[i].id, sorted[i], next);
    this.dirty.clear();
    this.sift();
  }

  paint() {
    if (this.planned) return;
    this.planned = true;
    requestAnimationFrame(() => {
      this.planned = false;
      const fresh = [...this.dirty].some(id => this.live.agents.has(id) !== this.rows.rows.has(id));
      if (fresh) {
        this.all();
      } else if (this.visible) {
        for (const id of this.dirty) {
          // one that came and went again since the last frame is in neither
          if (this.live.agents.has(id)) this.rows.put(id, this.live.agents.get(id));
        }
        this.sift(this.dirty);
      }
      this.dirty.clear();
      this.count();
    });
  }

  count() {
    let live = 0;
    for (const agent of this.live.agents.values()) live += agent.live ? 1 : 0;
    const all = this.live.agents.size;
    say(document.getElementById('agents-count'), live === all ? String(all) : live + ' of ' + all);
    document.getElementById('show-agents').classList.toggle('trouble', live < all);
    say(document.getElementById('agents-summary'), all === 0 ? 'No agent is followed.' : live === all
      ? (all === 1 ? 'The agent is live.' : 'All ' + all + ' agents are live.')
      : live + ' of ' + all + ' agents are live; of the others nothing is heard.');
  }

  sift(keys) {
    const wanted = this.filter.value.trim().toLowerCase();
    this.rows.filter(id => {
      const agent = this.live.agents.get(id);
      return Boolean(agent) && agent.agent.toLowerCase().includes(wanted) && !(this.trouble.checked && agent.live);
    }, keys);
  }
}
