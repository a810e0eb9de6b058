// What the pages do beside their content: the connection is told of, ages go on, and what a person
// has opened or typed stays when the page changes.
(() => {
  'use strict';
  window.Turbo?.session && (window.Turbo.session.drive = false);

  const connection = document.getElementById('connection');
  let heard = null;

  function told(text, lost) {
    connection.textContent = text;
    connection.classList.toggle('lost', lost);
  }

  // The element has no event for its state, so that it is asked.
  function look() {
    const source = document.querySelector('turbo-stream-source');
    const state = source?.streamSource?.readyState;
    if (state === EventSource.OPEN) {
      heard ??= new Date();
      told('live, last change ' + heard.toLocaleTimeString(), false);
    } else if (state !== undefined) {
      told('connection lost, last change ' + (heard ?? new Date()).toLocaleTimeString(), true);
    }
  }

  const UNITS = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];

  function ago(since) {
    const seconds = Math.max(0, Math.round((Date.now() - since) / 1000));
    const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? UNITS[3];
    return Math.floor(seconds / length) + ' ' + unit;
  }

  function ages(within) {
    within.querySelectorAll('time[data-ago]').forEach(time => {
      time.title = new Date(time.dateTime).toLocaleString();
      time.textContent = ago(new Date(time.dateTime)) + ' ago';
    });
    within.querySelectorAll('time[data-for]').forEach(time => {
      time.textContent = ago(new Date(time.dateTime));
    });
  }

  addEventListener('turbo:before-morph-attribute', event => {
    const { attributeName } = event.detail;
    if (attributeName === 'open' || (attributeName === 'value' && event.target === document.activeElement)) {
      event.preventDefault();
    }
  });
  addEventListener('turbo:before-morph-element', event => {
    // A form in which somebody writes is left as it is.
    if (event.target.matches?.('form') && event.target.contains(document.activeElement) && event.detail.newElement) {
      event.preventDefault();
    }
    if (event.target.matches?.('time[data-ago], time[data-for]') && event.detail.newElement?.dateTime === event.target.dateTime) {
      event.preventDefault();
    }
  });
  addEventListener('turbo:before-stream-render', () => {
    heard = new Date();
    requestAnimationFrame(() => ages(document));
  });
  // A click on the number of a line begins a remark on it.
  addEventListener('click', event => {
    const number = event.target.closest?.('.diffs td.n');
    const remarks = document.querySelector('[data-remarks]');
    if (!number?.textContent || !remarks) {
      return;
    }
    const path = number.closest('.file').querySelector('summary code').textContent.split(' → ').at(-1);
    const before = remarks.value && !remarks.value.endsWith('\n') ? '\n' : '';
    remarks.value += before + path + ':' + number.textContent + ': ';
    remarks.focus();
  });

  // A browser has six connections to a server: a page that nobody sees needs none.
  const source = document.querySelector('turbo-stream-source');
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      source.remove();
    } else {
      document.body.append(source);
    }
  });

  ages(document);
  setInterval(() => ages(document), 1000);
  setInterval(look, 500);
})();
