// How things are said and written: every text of the server is put into the page as text, never as markup.

export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Sets the text of an element only if it is another one, so that nothing is painted or read out again. */
export function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const SHORT = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

export const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
export const time = millis => TIME.format(millis);
export const full = millis => FULL.format(millis);
export const day = millis => DAY.format(millis);

export function clock(millis, now) {
  const sameDay = new Date(millis).toDateString() === new Date(now).toDateString();
  return sameDay ? SHORT.format(millis) : DAY.format(millis) + ' ' + SHORT.format(millis);
}

/** An age that does not change each second: nothing is to flicker. */
export function age(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 10) return 'now';
  if (seconds < 60) return Math.floor(seconds / 10) * 10 + ' s';
  if (seconds < 3600) return Math.floor(seconds / 60) + ' min';
  if (seconds < 172800) return Math.floor(seconds / 3600) + ' h';
  return Math.floor(seconds / 86400) + ' d';
}

const STATES = {
  INITIATING: 'starting', ALERTING: 'ringing', TALKING: 'talking', COMPLETED: 'ended', UNKNOWN: 'state not known',
  LIVE: 'live', LOGGING_IN: 'logging in', HANDSHAKING: 'connecting', SUBSCRIBING: 'subscribing', RECONNECTING: 'reconnecting',
  BACKING_OFF: 'waiting to try again', PARKED: 'parked', STOPPING: 'stopping', STOPPED: 'stopped'
};

export const stateText = state => STATES[state] || state.toLowerCase();

export function partyText(row) {
  return row.party || 'number not known';
}
