/* What is typed is written down for its writer: on the server, and on this device while there is no line. Never into
   the roadmap, and never where another person sees it. All words live in the page; every form works without this. */
(function () {
  'use strict';
  var words = document.getElementById('draft-words');
  if (!words || !window.fetch || !window.FormData || !window.localStorage) return;
  var me = words.getAttribute('data-person'), address = words.getAttribute('data-address');
  var PAUSE = 1000, LONGEST_PAUSE = 8000, PATIENCE = 10000, AGAIN = 15000, DAYS = 30, DAY = 86400000;
  var PREFIX = 'draft:', FORMS = 'form[data-keeps-draft]', LATER = '[data-goes-later]';
  var MACHINERY = ['csrf_token', 'act_key', 'base_version', 'kept_uid', 'next', 'follows'];
  var find = function (selector, root) { return (root || document).querySelector(selector); };
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var boxed = function (form, name) { var box = find('[name="' + name + '"]', form); return box ? box.value : ''; };

  /* --- what stands in a form */
  function take(form) {
    var values = [], base = form.getAttribute('data-began') || boxed(form, 'base_version');
    new FormData(form).forEach(function (value, name) {
      if (typeof value === 'string' && MACHINERY.indexOf(name) < 0 && !/password|sandi|token/i.test(name)) values.push([name, value]);
    });
    return {
      person: me, address: form.getAttribute('action'), values: values, base_version: base ? Number(base) : null,
      turn: draftOf(form).turn, form_key: boxed(form, 'act_key'), follows: boxed(form, 'follows'), was_sent: !!draftOf(form).wasSent,
      continues: form.getAttribute('data-continues') || boxed(form, 'kept_uid'), at: Date.now(),
      heading: heading(), shown: shown(form)
    };
  }
  /* As its writer read it, for whoever takes it along as a file: labels, and the words of what was chosen. */
  function plain(node) {
    var copy = node.cloneNode(true);
    all('.visually-hidden, .must, .icon', copy).forEach(function (part) { part.remove(); });
    return copy.textContent.replace(/\s+/g, ' ').trim();
  }
  function heading() {
    return [find('h1'), find('.crumbs li:last-child')].filter(Boolean).map(plain).join(', ');
  }
  function shown(form) {
    return Array.prototype.filter.call(form.elements, function (box) {
      if (!box.name || box.disabled || /hidden|button|submit|reset|password|file|fieldset/.test(box.type) || !box.value) return false;
      return /checkbox|radio/.test(box.type) ? box.checked : !form.lays || !!box.closest('.grid-changed');
    }).map(function (box) {
      var own = box.labels && box.labels[0] ? plain(box.labels[0]) : box.getAttribute('aria-label') || '';
      if (box.type === 'select-one') return [own, plain(box.selectedOptions[0])];
      var legend = /checkbox|radio/.test(box.type) && box.closest('fieldset') && find('legend', box.closest('fieldset'));
      return /checkbox|radio/.test(box.type) ? [legend ? plain(legend) : '', own] : [own, null, box.name];
    });
  }
  function draftOf(form) {
    if (!form.draft) form.draft = { turn: 0, unsent: false, since: 0, timer: 0, sending: null };
    return form.draft;
  }
  function lay(form, values) {
    if (form.lays) { form.lays(values); return; }
    var left = values.slice();
    Array.prototype.forEach.call(form.elements, function (box) {
      if (!box.name || box.type === 'hidden' || /button|submit|password|file/.test(box.type)) return;
      var place = left.findIndex(function (pair) {
        return pair[0] === box.name && (!/checkbox|radio/.test(box.type) || pair[1] === box.value);
      });
      if (/checkbox|radio/.test(box.type)) box.checked = place >= 0;
      else if (place >= 0) box.value = left[place][1];
      if (place >= 0) left.splice(place, 1);
    });
  }

  /* The version that the words of a form are upon: a list, which Back brings again with the words. Where none were
     brought again the page's own version holds. */
  function beginUpon(form, version) {
    var list = find('select[name="base_version"]', form);
    if (!list) return;
    if (!Array.prototype.some.call(list.options, function (one) { return one.value === String(version); })) list.add(new Option(version, version));
    list.value = version;
  }
  function hasBrought(form) {
    return Array.prototype.some.call(form.elements, function (box) {
      if (!box.name || box.type === 'hidden' || box.name === 'base_version') return false;
      if (/checkbox|radio/.test(box.type)) return box.checked !== box.defaultChecked;
      if (box.options) return Array.prototype.some.call(box.options, function (one) { return one.selected !== one.defaultSelected && one.defaultSelected; });
      return box.value !== box.defaultValue;
    });
  }
  all(FORMS).forEach(function (form) {
    var own = find('select[name="base_version"] option[selected]', form);
    if (own && !hasBrought(form)) own.selected = true;
  });
  /* Words that a browser brings again over the version that still stands, without saying so, are typed and not saved.
     It may bring them a moment after the page. */
  function takeUpBrought() {
    all(FORMS).forEach(function (form) {
      var own = find('select[name="base_version"] option[selected]', form);
      if (form.draft || form.dirty || !own || !own.selected || !hasBrought(form)) return;
      form.dirty = true;
      draftOf(form).unsent = true;
      form.wordsKept = false;
      tell(form, 'dirty');
      schedule(form);
    });
  }
  window.addEventListener('load', function () { [0, 200, 1000].forEach(function (later) { setTimeout(takeUpBrought, later); }); });

  /* --- the device: each person's own, by the form that was opened */
  function store(entry) {
    try { localStorage.setItem(PREFIX + me + ':' + entry.form_key, JSON.stringify(entry)); return true; } catch (full) { return false; }
  }
  function forget(entry) { localStorage.removeItem(PREFIX + me + ':' + entry.form_key); }
  function hold(form, wish) { return store(Object.assign(take(form), wish)); }
  function stored(isMine) {
    return Object.keys(localStorage).filter(function (key) {
      return key.indexOf(PREFIX) === 0 && (key.indexOf(PREFIX + me + ':') === 0) === isMine;
    }).map(function (key) {
      var entry = null;
      try { entry = JSON.parse(localStorage.getItem(key)); } catch (broken) { entry = null; }
      if (!entry || Date.now() - entry.at > DAYS * DAY) { localStorage.removeItem(key); return null; }
      return entry;
    }).filter(Boolean);
  }

  /* --- telling where the words are, beside the Save button */
  var told = '';
  function tell(form, name) {
    /* Its button was pressed and nobody answered: that the words are written down is not what one wants to know. */
    if (form.isUnanswered && /^(dirty|kept|device)$/.test(name)) name = 'unsent';
    var place = find('.save-state', form), more = find('.save-state', words);
    if (!place) {
      place = more.cloneNode(true);
      var actions = find('.actions', form);
      actions ? actions.parentNode.insertBefore(place, actions) : form.appendChild(place);
    } else if (!find('[data-state="kept"]', place)) {
      all('[data-state]', more).forEach(function (node) {
        if (!find('[data-state="' + node.getAttribute('data-state') + '"]', place)) place.appendChild(node.cloneNode(true));
      });
    }
    all('[data-state]', form).forEach(function (node) { node.hidden = node.getAttribute('data-state') !== name; });
    if (name !== told && /^(device|unsent|waiting|ended|nowhere)$/.test(name)) {
      find('#live').textContent = find('[data-state="' + name + '"] .long', place).textContent;
    }
    told = name;
    /* The bar may have grown over the line that is being typed. */
    var bar = find('.save-bar', form);
    if (bar) document.documentElement.style.scrollPaddingBottom = bar.offsetHeight + 'px';
    /* Pressed, and not sent: also where the eye goes for the answer to an act. */
    var waits = document.getElementById('late-waits');
    if (name !== 'waiting') words.appendChild(waits);
    else if (waits.parentNode === words) find('main').insertBefore(waits, find('main').firstChild);
  }

  /* --- writing down: at most one request of a form on its way */
  function post(entry, asksOffer) {
    var said = Object.assign({}, asksOffer ? { offer: 1 } : {}, entry, { heading: undefined, shown: undefined, age: Math.round((Date.now() - entry.at) / 1000) });
    var stop = window.AbortController ? new AbortController() : null, token = find('meta[name="csrf-token"]');
    var late = setTimeout(function () { if (stop) stop.abort(); }, PATIENCE);
    var asked = fetch(address, {
      method: 'POST', redirect: 'manual', credentials: 'same-origin', signal: stop ? stop.signal : undefined,
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token ? token.content : '' },
      body: JSON.stringify(said)
    }).then(function (answer) {
      if (answer.ok) return answer.json();
      if (answer.status === 413 || answer.status === 422) return { state: 'refused' };
      return { state: answer.status >= 500 || answer.status === 429 ? 'away' : 'ended' };
    }, function () { return { state: 'away' }; }).then(function (news) { clearTimeout(late); return news; });
    asked.stop = function () { if (stop) stop.abort(); };
    return asked;
  }
  function isThere(news) { return /^(written|arrived|saved|held)$/.test(news.state); }
  function write(form) {
    var draft = draftOf(form);
    clearTimeout(draft.timer);
    if (!form.isConnected || form.pending || draft.sending || draft.waits || !draft.unsent) return;
    draft.turn += 1;
    draft.unsent = false;
    var entry = take(form);
    draft.sending = post(entry);
    draft.sending.then(function (news) {
      draft.sending = null;
      if (form.pending || draft.waits || !form.isConnected) return;
      form.wordsKept = isThere(news) || store(entry);
      if (isThere(news)) { draft.since = 0; forget(entry); }
      if (draft.unsent) { form.wordsKept = false; schedule(form); return; }
      tell(form, isThere(news) ? 'kept' : news.state === 'refused' || !form.wordsKept ? 'nowhere' : news.state === 'ended' ? 'ended' : 'device');
      if (news.state === 'away') draft.timer = setTimeout(function () { draft.unsent = true; write(form); }, AGAIN);
    });
  }
  function schedule(form) {
    var draft = draftOf(form);
    clearTimeout(draft.timer);
    draft.since = draft.since || Date.now();
    draft.timer = setTimeout(function () { write(form); }, Date.now() - draft.since > LONGEST_PAUSE ? 0 : PAUSE);
  }
  function typed(event) {
    var form = event.target && event.target.closest ? event.target.closest(FORMS) : null;
    if (!form || event.target.type === 'password') return;
    /* Leaving a box tells of what was typed once more: nothing is new, and no button moves away under the finger. */
    if (event.type === 'change' && event.target.inputTold === event.target.value && draftOf(form).turn) return;
    event.target.inputTold = event.target.value;
    draftOf(form).unsent = true;
    /* What was sent may be in under its key, and what waits goes in by itself: words typed after it are an act of their own. */
    if (draftOf(form).attempted || (draftOf(form).waits && boxed(form, 'base_version'))) {
      draftOf(form).attempted = false;
      hide(form, 'follows', boxed(form, 'act_key'));
      renew(form);
    } else if (draftOf(form).waits) form.isUnanswered = true;
    draftOf(form).waits = false;
    if (form.wordsKept !== false) { form.wordsKept = false; tell(form, 'dirty'); }
    schedule(form);
  }
  document.addEventListener('input', typed);
  document.addEventListener('change', typed);

  /* --- sending the form itself: its words stay on the device until the answer says where they are */
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (!form.matches(FORMS)) return;
    var draft = draftOf(form);
    clearTimeout(draft.timer);
    form.isUnanswered = false;
    if (draft.sending) draft.sending.stop();
    draft.attempted = form.matches(LATER);
    /* Save was pressed: should the answer not come, whoever opens the next page need not press again. */
    hold(form, draft.attempted ? { wanted: true, attempted: true } : {});
    /* What is typed from here on was not among what was sent under this key. */
    draft.wasSent = true;
  }, true);
  document.addEventListener('htmx:finally:request', function (event) {
    var form = event.target && event.target.closest ? event.target.closest(FORMS) : null, answer = event.detail.ctx.response;
    if (!form || event.target !== form) return;
    if (answer && answer.status < 400) { forget(take(form)); return; }
    if (answer || !form.isConnected) return;
    form.dirty = form.wordsKept = true;
    form.isUnanswered = !form.matches(LATER);
    draftOf(form).unsent = true;
    tell(form, 'device');
    schedule(form);
  });
  /* What stands in a form that can be opened without a line stays with it, also where the server has it. */
  window.addEventListener('pagehide', function () {
    all(FORMS).forEach(function (form) {
      var draft = form.draft;
      if (draft && !draft.waits && !form.pending && (draft.unsent || draft.sending || (draft.turn && form.dirty && form.matches(LATER)))) {
        /* What stands here is newer than what was sent, and is taken for it. */
        draft.turn += 1;
        hold(form);
      }
    });
  });

  /* --- sending what the device holds */
  function isBeingTyped(entry) {
    return all(FORMS).some(function (form) { return form.draft && boxed(form, 'act_key') === entry.form_key; });
  }
  function send(entry) {
    return (entry.wanted && drafts.deliver ? drafts.deliver(entry) : post(entry, true)).then(function (news) {
      if (isThere(news)) forget(entry);
      return news;
    });
  }
  var flushing = null, asked = false;
  function flush() {
    if (flushing) { asked = true; return flushing; }
    flushing = flushed();
    flushing.then(function () {
      flushing = null;
      if (asked) { asked = false; flush(); } else if (drafts.after) drafts.after();
    });
    return flushing;
  }
  function flushed() {
    return stored(true).sort(function (one, other) { return one.at - other.at; }).reduce(function (before, entry) {
      return before.then(function (isAllThere) {
        return send(entry).then(function (news) {
          var form = all(FORMS).filter(function (one) { return one.getAttribute('action') === entry.address; })[0];
          if (form && !form.draft && !isBeingTyped(entry)) show(form, entry, news);
          return isAllThere && isThere(news);
        });
      });
    }, Promise.resolve(true));
  }
  function show(form, entry, news) {
    if (news.offer && !find('.draft-offer') && !find('.error-summary', form)) {
      form.insertAdjacentHTML('beforebegin', news.offer);
      /* Far down it is told of at the top too. */
      if (form.id && find('.draft-offer').getBoundingClientRect().top > window.innerHeight) {
        find('.draft-offer a').hash = form.id;
        find('h1').insertAdjacentHTML('afterend', news.line);
      }
    }
    if (news.state !== 'away') return;
    /* Without a line nobody can offer: the words stand in the form again. */
    lay(form, entry.values);
    form.dirty = form.wordsKept = true;
    /* They were typed over what stood there then, and go in once. */
    find('input[name="act_key"]', form).value = entry.form_key;
    if (entry.base_version !== null) beginUpon(form, entry.base_version);
    if (entry.follows) hide(form, 'follows', entry.follows);
    Object.assign(draftOf(form), { unsent: !entry.wanted, waits: !!entry.wanted, attempted: !!entry.attempted, wasSent: !!entry.was_sent, turn: entry.turn });
    tell(form, entry.wanted ? 'waiting' : 'device');
    if (entry.wanted && drafts.lock) drafts.lock(form);
    if (!entry.wanted) draftOf(form).timer = setTimeout(function () { write(form); }, AGAIN);
  }
  function hide(form, name, value) {
    var box = find('input[name="' + name + '"]', form) || document.createElement('input');
    Object.assign(box, { type: 'hidden', name: name, value: value });
    if (!box.parentNode) form.appendChild(box);
  }
  function renew(form) {
    /* What follows the point is whose form it is. */
    var signs = new Uint8Array(12), key = find('input[name="act_key"]', form);
    crypto.getRandomValues(signs);
    if (key) key.value = Array.prototype.map.call(signs, function (one) { return ('0' + one.toString(16)).slice(-2); }).join('') + (/\..*$/.exec(key.value) || [''])[0];
    Object.assign(draftOf(form), { turn: 0, wasSent: false });
  }
  window.addEventListener('online', function () {
    /* What waits goes first: what was typed after it is upon it. */
    flush().then(function () {
      all(FORMS).forEach(function (form) { if (form.draft && form.dirty && !form.draft.waits) { form.draft.unsent = true; write(form); } });
    });
  });

  /* --- whose words wait on this device */
  var others = stored(false);
  if (others.length) {
    var note = document.getElementById('draft-others'), last = Math.max.apply(null, others.map(function (entry) { return entry.at; }));
    find('[data-until]', note).textContent = new Date(last + DAYS * DAY).toLocaleDateString(document.documentElement.lang, { day: 'numeric', month: 'long', year: 'numeric' });
    find('main').insertBefore(note, find('main').firstChild);
  }

  /* What goes on without a line (offline.js) and on signing out (leaving.js) works with the same words. */
  var drafts = window.drafts = {
    me: me, words: words, find: find, all: all, boxed: boxed, draftOf: draftOf, take: take, stored: stored, forget: forget,
    hold: hold, store: store, post: post, tell: tell, show: show, renew: renew, isThere: isThere, flush: flush,
    flushAnew: function () { return Promise.resolve(flushing).then(flush); }
  };
  document.addEventListener('DOMContentLoaded', flush);
}());
