// A list of rows by key, of which only those are touched that change. Nothing moves under the reader's hand: a row that is
// new comes at the end, and one that is gone stays, pale, while the list is pointed at or has the focus.

import { element } from './words.js';

export class Rows {

  constructor(list, fill, open) {
    this.list = list;
    this.fill = fill;
    this.rows = new Map();
    this.leaving = new Set();
    this.current = null;
    for (const event of ['mouseleave', 'focusout']) {
      list.addEventListener(event, () => setTimeout(() => this.sweep(), 0));
    }
    list.addEventListener('keydown', event => this.key(event));
    if (open) {
      list.addEventListener('click', event => {
        const row = event.target.closest('[data-key]');
        if (row) open(row.dataset.key);
      });
    }
    this.opens = Boolean(open);
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const row = event.target.closest('[data-key]');
    if (!row) return;
    const shown = [...this.rows.values()].filter(each => !each.parentElement.hidden);
    const at = shown.indexOf(row);
    const next = event.key === 'Home' ? shown[0] : event.key === 'End' ? shown[shown.length - 1]
      : steps[event.key] ? shown[at + steps[event.key]] : null;
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  put(key, value, before) {
    let row = this.rows.get(key);
    if (!row) {
      const item = element('li');
      row = element(this.opens ? 'button' : 'div', 'row');
      if (this.opens) row.type = 'button';
      row.dataset.key = key;
      item.append(row);
      this.rows.set(key, row);
      this.list.insertBefore(item, before ? before.parentElement : null);
    }
    this.leaving.delete(key);
    this.fill(row, value);
    return row;
  }

  remove(key) {
    if (!this.rows.has(key)) return;
    this.leaving.add(key);
    this.rows.get(key).classList.add('leaving');
    this.sweep();
  }

  busy() {
    return this.list.matches(':hover') || this.list.contains(document.activeElement);
  }

  sweep() {
    if (this.leaving.size === 0 || this.busy()) return;
    for (const key of this.leaving) {
      if (key === this.current) continue;
      this.rows.get(key).parentElement.remove();
      this.rows.delete(key);
      this.leaving.delete(key);
    }
  }

  mark(key) {
    for (const each of [this.current, key]) {
      const row = this.rows.get(each);
      if (row && this.opens) row.setAttribute('aria-current', String(each === key));
    }
    this.current = key;
    this.sweep();
  }

  keep(keys) {
    for (const key of [...this.rows.keys()]) {
      if (!keys.has(key)) this.remove(key);
    }
  }

  /** Hides those that are not to be shown, of all or of some. */
  filter(shown, keys = this.rows.keys()) {
    for (const key of keys) {
      const row = this.rows.get(key);
      if (row) row.parentElement.hidden = !shown(key);
    }
  }
}
