// One conversation: as it is written, or as it was. Lines come at the end; the view follows only if its end is in sight.

import { clock, day, element, full, partyText, say, stateText, time } from './words.js';

const NEAR = 40; // pixels from the end that count as the end

export class Transcript {

  constructor(live) {
    this.live = live;
    this.scroll = document.getElementById('scroll');
    this.lines = document.getElementById('lines');
    this.newer = document.getElementById('newer');
    this.painted = 0;
    this.key = null;
    live.addEventListener('selected', () => this.plan());
    this.newer.addEventListener('click', () => this.toEnd());
    this.scroll.addEventListener('scroll', () => { if (this.atEnd()) this.newer.hidden = true; });
  }

  atEnd() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR;
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.newer.hidden = true;
  }

  plan() {
    if (this.planned) return;
    this.planned = true;
    requestAnimationFrame(() => { this.planned = false; this.paint(); });
  }

  paint() {
    const selected = this.live.selected;
    if (!selected || !selected.row) return;
    this.open(selected.key, false);
    const row = selected.row;
    this.head(row.agent + ' and ' + partyText(row), (selected.over ? 'no longer kept here' : stateText(row.state))
      + ' · since ' + clock(row.since, this.live.now()), 'since ' + full(row.since));
    this.userData(selected.data || {});
    this.fill(selected.entries, row.agent, partyText(row));
  }

  open(key, exportable) {
    document.getElementById('nothing').hidden = true;
    document.getElementById('selected').hidden = false;
    document.getElementById('actions').hidden = !exportable;
    if (key !== this.key) {
      this.key = key;
      this.painted = 0;
      this.lastDay = '';
      this.lines.replaceChildren();
      this.newer.hidden = true;
      document.getElementById('data').open = false;
      document.getElementById('unknown').hidden = true;
    }
  }

  shut() {
    this.key = null;
    this.lines.replaceChildren();
    document.getElementById('nothing').hidden = false;
    document.getElementById('selected').hidden = true;
  }

  head(title, about, exactly = '') {
    say(document.getElementById('selected-title'), title);
    say(document.getElementById('selected-about'), about);
    document.getElementById('selected-about').title = exactly;
  }

  userData(data) {
    const list = document.getElementById('data-list');
    const text = JSON.stringify(data);
    if (list.dataset.shown === text) return;
    list.dataset.shown = text;
    list.replaceChildren(...Object.entries(data).flatMap(([name, value]) =>
      [element('dt', '', name), element('dd', '', value)]));
    const count = Object.keys(data).length;
    say(document.getElementById('data-count'), String(count));
    document.getElementById('data').hidden = count === 0;
  }

  /** Adds what is not there yet. Lines are known by their number. Of what is not whole the last lines are kept. */
  fill(entries, agent, party, whole = false) {
    const end = this.atEnd() || this.painted === 0;
    const fresh = entries.filter(each => each.n > this.painted);
    for (const each of fresh) {
      const date = day(each.at);
      if (date !== this.lastDay) {
        this.lastDay = date;
        this.lines.append(element('li', 'day', date));
      }
      const line = this.line(each, agent, party);
      if (line) this.lines.append(line);
      this.painted = each.n;
    }
    while (!whole && this.lines.children.length > 400) this.lines.firstChild.remove();
    document.getElementById('earlier').hidden = whole || entries.length < 200;
    if (fresh.length === 0) return;
    if (end) this.toEnd();
    else this.newer.hidden = false;
    const last = fresh[fresh.length - 1];
    if (this.said && last.kind === 'text') say(document.getElementById('announce'), last.text.slice(0, 200));
    this.said = true;
  }

  line(each, agent, party) {
    const line = element('li', each.kind);
    line.dataset.n = each.n;
    const at = element('time', 'at', time(each.at));
    at.dateTime = new Date(each.at).toISOString();
    at.title = full(each.at);
    if (each.kind === 'gap') {
      line.append(at, element('span', 'what', (each.certain ? 'Texts were lost here' : 'Texts may be missing here')
        + ', from ' + time(each.gapFrom) + ' to ' + time(each.gapTo) + ' (' + each.reason.toLowerCase().replaceAll('_', ' ')
        + ')'));
    } else if (each.kind === 'text') {
      line.dataset.from = each.from;
      const who = each.from === 'outbound' ? agent : each.from === 'inbound' ? party : '';
      const head = element('span', 'head');
      if (who) head.append(element('span', 'from', who));
      else document.getElementById('unknown').hidden = false;
      head.append(at);
      line.append(head, element('span', 'text', each.text));
      if (each.length) line.append(element('span', 'note', 'cut here; the text has ' + each.length + ' characters'));
    } else {
      line.append(at, element('span', 'what', each.kind === 'data' ? 'user data changed' : stateText(each.state)));
    }
    return line;
  }
}
