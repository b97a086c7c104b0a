// What the server shows, kept up to date: a snapshot, then what follows, by number. Whatever is missing is asked for.

const CHANGES = '/im/live';
const HELLO = '/service/im/hello';
const LOOK = '/service/im/look';
const LOST_AFTER = 3;

export class Live extends EventTarget {

  constructor() {
    super();
    this.epoch = '';
    this.number = -1;
    this.offset = 0; // of the server's clock
    this.agents = new Map();
    this.conversations = new Map();
    this.selected = null;
    this.canSearch = false;
    this.waiting = []; // changes that came while the answer to hello was on its way
    this.asked = false;
    this.failures = 0;
    this.cometd = new window.org.cometd.CometD();
    this.cometd.unregisterTransport('websocket');
    this.cometd.unregisterTransport('callback-polling');
    this.cometd.configure({
      url: new URL('cometd', document.baseURI).href,
      maxBackoff: 5000, backoffIncrement: 500, maxNetworkDelay: 10000, appendMessageTypeToURL: false, logLevel: 'error',
      useWorkerScheduler: false // would need a worker of a blob, which the page's policy forbids
    });
  }

  start() {
    const cometd = this.cometd;
    cometd.onListenerException = error => console.error(error);
    cometd.addListener('/meta/handshake', reply => {
      if (reply.successful) {
        cometd.batch(() => {
          cometd.subscribe(CHANGES, message => this.changed(message.data));
          this.hello();
        });
      } else {
        this.lost();
      }
    });
    cometd.addListener('/meta/connect', reply => {
      if (cometd.isDisconnected()) return;
      if (reply.successful) {
        // an answer that was cut may have had changes in it, so the page says what it knows
        if (this.failures > 0) this.hello();
        this.failures = 0;
        if (this.number >= 0) this.tell('connection', 'live');
      } else {
        this.lost();
      }
    });
    cometd.addListener('/meta/unsuccessful', () => {});
    cometd.addListener(HELLO, message => this.answered(message.data));
    cometd.addListener(LOOK, message => this.looked(message.data));
    for (const name of ['search', 'ended']) {
      cometd.addListener('/service/im/' + name, message => this.tell(name, message.data));
    }
    cometd.handshake();
    window.addEventListener('pagehide', () => cometd.disconnect());
    window.addEventListener('pageshow', event => { if (event.persisted) cometd.handshake(); });
  }

  lost() {
    this.failures++;
    this.asked = false;
    this.tell('connection', this.failures >= LOST_AFTER ? 'lost' : 'reconnecting');
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  now() {
    return Date.now() + this.offset;
  }

  ask(question, data) {
    this.cometd.publish('/service/im/' + question, data);
  }

  hello() {
    this.asked = true;
    this.waiting = [];
    this.ask('hello', { epoch: this.epoch, n: this.number });
  }

  answered(answer) {
    this.offset = answer.now - Date.now();
    this.canSearch = answer.search;
    this.asked = false;
    if (answer.changes) {
      this.apply(answer.changes);
    } else {
      const fresh = this.epoch !== answer.epoch;
      this.epoch = answer.epoch;
      this.number = answer.n;
      this.agents = new Map(answer.agents.map(agent => [agent.id, agent]));
      this.conversations = new Map(answer.conversations.map(row => [row.key, row]));
      if (this.selected) {
        if (fresh) this.gone(this.selected.key);
        else this.look(this.selected.key, true);
      }
      this.tell('all');
    }
    const waiting = this.waiting;
    this.waiting = [];
    waiting.forEach(each => this.changed(each));
    this.tell('connection', 'live');
  }

  changed(news) {
    if (this.asked) {
      this.waiting.push(news);
    } else if (news.epoch !== this.epoch || (news.changes.length === 0 && news.n > this.number)) {
      this.hello();
    } else {
      this.apply(news.changes);
    }
  }

  apply(changes) {
    for (const change of changes) {
      if (change.n <= this.number) continue;
      if (change.n !== this.number + 1) {
        this.hello();
        return;
      }
      this.number = change.n;
      this.one(change);
    }
    if (changes.length > 0) this.tell('changed');
  }

  one(change) {
    if (change.agent) {
      this.agents.set(change.agent.id, change.agent);
      this.tell('agent', change.agent.id);
    } else if (change.noAgent) {
      this.agents.delete(change.noAgent);
      this.tell('agent', change.noAgent);
    } else if (change.gone) {
      this.conversations.delete(change.gone);
      this.tell('row', change.gone);
    } else if (change.row) {
      this.conversations.set(change.row.key, change.row);
      this.tell('row', change.row.key);
      this.ofSelected(change);
    }
  }

  ofSelected(change) {
    const selected = this.selected;
    if (!selected || selected.key !== change.row.key) return;
    if (!selected.known) {
      selected.pending.push(change);
      return;
    }
    if (change.n <= selected.number) return;
    selected.number = change.n;
    selected.row = change.row;
    if (change.data) selected.data = change.data;
    if (change.entry) {
      selected.entries.push(change.entry);
      if (selected.entries.length > 200) selected.entries.splice(0, selected.entries.length - 200);
    }
    this.tell('selected', change.entry);
  }

  // Asks for a conversation with its lines; what follows meanwhile is kept and comes behind them.
  look(key, again = false) {
    const before = this.selected && this.selected.key === key ? this.selected : null;
    this.selected = {
      key, known: false, pending: [], number: -1, row: this.conversations.get(key) || (before && before.row) || null,
      data: before ? before.data : {}, entries: before ? before.entries : []
    };
    this.ask('look', { key, again });
  }

  looked(answer) {
    const selected = this.selected;
    if (!selected || selected.key !== answer.key || selected.known) return;
    if (answer.gone || answer.epoch !== this.epoch) {
      this.gone(answer.key);
      return;
    }
    Object.assign(selected, { known: true, number: answer.n, row: answer.row, data: answer.data, entries: answer.entries });
    const pending = selected.pending;
    selected.pending = [];
    pending.forEach(change => this.ofSelected(change));
    this.tell('selected');
  }

  gone(key) {
    if (this.selected && this.selected.key === key) {
      this.selected.known = true;
      this.selected.over = true;
      this.tell('selected');
    }
  }

  close() {
    this.selected = null;
  }
}
