/* Without a line: a form of an item opens again as it was kept on this device, with what was typed into it; what was
   to be saved waits here and is saved once, through the merge, when there is a line. worker.js keeps the forms. */
(function () {
  'use strict';
  var drafts = window.drafts, root = document.documentElement;
  if (!drafts) return;
  var find = drafts.find, all = drafts.all, draftOf = drafts.draftOf, boxed = drafts.boxed, words = drafts.words;
  var LATER = 'form[data-goes-later]', SHELF = 'forms:', FIRST = 5000, LONGEST = 60000, PATIENCE = 10000, UNDERWAY = 20000;
  var keptAt = Number(root.getAttribute('data-kept-at'));

  /* --- kept forms: of whoever is signed in here, and of nobody else */
  function letGo(isToGo) {
    if (!window.caches) return Promise.resolve();
    return caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) { return name.indexOf(SHELF) === 0 && isToGo(name); }).map(function (name) {
        return caches.delete(name);
      }));
    });
  }
  drafts.clear = function () { return letGo(function () { return true; }); };
  letGo(function (name) { return name !== SHELF + drafts.me; });
  /* A form whose words went in is not what it was. */
  function letGoOf(address) {
    if (window.caches) caches.open(SHELF + drafts.me).then(function (shelf) { return shelf.delete(address, { ignoreSearch: true }); });
  }
  if (navigator.serviceWorker && window.caches) {
    var isNew = !navigator.serviceWorker.controller;
    navigator.serviceWorker.register(words.getAttribute('data-worker'), { scope: '/', updateViaCache: 'all' }).then(function () {
      return navigator.serviceWorker.ready;
    }).then(function (here) {
      here.active.postMessage({ says: words.getAttribute('data-no-line'), keep: isNew && !keptAt && find(LATER) ? location.href : '' });
    }).catch(function () {});
  }

  /* --- asking whether there is a line, and who is signed in at its other end */
  function ask(address, options, patience) {
    var stop = new AbortController(), late = setTimeout(function () { stop.abort(); }, patience || PATIENCE);
    var ended = function (answer) { clearTimeout(late); return answer; };
    return fetch(address, Object.assign({ credentials: 'same-origin', redirect: 'manual', cache: 'no-store', signal: stop.signal }, options)).then(function (answer) {
      return ended(answer);
    }, function () { return ended(null); });
  }
  function line(entry, patience) {
    return ask(words.getAttribute('data-line') + '?key=' + encodeURIComponent(entry.form_key), {}, patience).then(function (answer) {
      if (!answer || answer.status >= 500 || answer.status === 429) return { state: 'away' };
      if (!answer.ok) return { state: 'ended' };
      return answer.json().then(function (told) {
        if (told.person !== drafts.me) return { state: 'ended' };
        /* The token of a kept form is that of its day. */
        var token = answer.headers.get('X-CSRFToken');
        find('meta[name="csrf-token"]').content = token;
        all('input[name="csrf_token"]').forEach(function (box) { box.value = token; });
        return told.saved ? { state: 'saved', address: told.saved } : { state: 'there' };
      }, function () { return { state: 'away' }; });
    });
  }

  drafts.line = line;

  /* --- saving what waits: from its open form as a press of Save would, else from whatever page is open */
  function formOf(entry) {
    return all(LATER).filter(function (form) { return form.draft && boxed(form, 'act_key') === entry.form_key; })[0];
  }
  function isAnswered(entry) {
    return all('form').some(function (form) {
      return form.getAttribute('action') === entry.address && (form.hasAttribute('data-unsaved') || find('[name="clashing"]', form));
    });
  }
  /* On its way: asking whether it is in would lead to its page before the answer does, and without what that says. */
  function isGoing(form) { return !!form && !drafts.isLeaving && Date.now() - (form.wentAt || 0) < UNDERWAY; }
  drafts.deliver = function (entry) {
    if (isAnswered(entry)) return drafts.post(entry);
    if (isGoing(formOf(entry))) return Promise.resolve({ state: 'going' });
    return line(entry).then(function (news) {
      var form = formOf(entry);
      if (isGoing(form)) return { state: 'going' };
      if (news.state === 'saved') { told(entry, news, form); return news; }
      if (news.state !== 'there') {
        /* Without a session the form goes the ordinary way when it is pressed again: by the sign-in page, which carries it on. */
        if (form && draftOf(form).waits) { form.hasLine = news.state === 'ended'; drafts.tell(form, form.hasLine ? 'ended' : 'waiting'); }
        return news;
      }
      if (form && draftOf(form).waits && !drafts.isLeaving) { press(form); return { state: 'going' }; }
      return drafts.post(entry).then(function (written) {
        return written.state === 'written' || written.state === 'refused' ? save(entry, written) : written;
      });
    });
  };
  /* A new item that was sent and not answered may be there already: it is not written on, lest there be two. */
  drafts.lock = function (form) {
    if (draftOf(form).attempted && !find('[name="base_version"]', form)) all(':scope > :not(.save-bar)', form).forEach(function (part) { part.inert = true; });
  };
  function press(form) {
    form.hasLine = true;
    Object.assign(draftOf(form), { waits: false });
    form.requestSubmit ? form.requestSubmit() : form.submit();
  }
  function pairs(entry) {
    return entry.values.concat([
      ['csrf_token', find('meta[name="csrf-token"]').content], ['act_key', entry.form_key],
      ['base_version', entry.base_version === null ? '' : String(entry.base_version)], ['kept_uid', entry.continues], ['follows', entry.follows || '']
    ]).filter(function (pair) { return pair[1] !== '' || entry.values.indexOf(pair) >= 0; });
  }
  function save(entry, written) {
    drafts.store(Object.assign(entry, { attempted: true }));
    return ask(entry.address, { method: 'POST', body: new URLSearchParams(pairs(entry)), headers: { 'HX-Request': 'true' } }).then(function (answer) {
      var news = { state: 'away' };
      if (answer && answer.ok) news = { state: 'saved', address: answer.headers.get('HX-Redirect') || '' };
      else if (answer && answer.status === 401) news = { state: 'ended' };
      else if (answer && answer.status < 500 && answer.status !== 429) news = { state: written.state === 'written' ? 'held' : 'refused' };
      if (news.state === 'refused') drafts.store(Object.assign(entry, { wanted: false }));
      told(entry, news, formOf(entry));
      return news;
    });
  }

  /* --- saying what became of it */
  function told(entry, news, form) {
    if (news.state === 'saved') letGoOf(entry.address);
    /* The page of a form that waited becomes that of its result; on any other page nobody is led away. */
    if (news.state === 'saved' && form && !draftOf(form).unsent && !drafts.isLeaving) {
      drafts.forget(entry);
      form.dirty = false;
      location.assign(news.address);
    } else if (news.state === 'saved' && !find('#notice .notice')) {
      find('#late-saved a').href = news.address;
      say('late-saved');
    } else if (news.state === 'held' || news.state === 'refused') {
      find('#late-held button').onclick = function () { sendAsItWas(entry); };
      say('late-held');
    }
  }
  /* The answer is the page of the clash, or the form with what is to be mended. */
  function sendAsItWas(entry) {
    var form = document.createElement('form');
    form.method = 'post';
    form.action = entry.address;
    pairs(entry).forEach(function (pair) {
      var box = document.createElement('input');
      box.type = 'hidden';
      box.name = pair[0];
      box.value = pair[1];
      form.appendChild(box);
    });
    document.body.appendChild(form);
    form.submit();
  }
  function say(id) {
    var told = document.getElementById(id);
    find('main').insertBefore(told, find('main').firstChild);
    find('#live').textContent = find('p', told).textContent;
  }

  /* --- pressing Save without a line */
  window.addEventListener('submit', function (event) {
    var form = event.target;
    if (!form.matches(LATER)) return;
    if (form.hasLine || (navigator.onLine !== false && !keptAt)) { if (!form.pending) form.wentAt = Date.now(); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    var draft = draftOf(form);
    clearTimeout(draft.timer);
    if (draft.sending) draft.sending.stop();
    if (!drafts.hold(form, { wanted: true, attempted: !!draft.attempted })) { drafts.tell(form, 'nowhere'); return; }
    Object.assign(draft, { waits: true, unsent: false });
    form.dirty = form.wordsKept = true;
    drafts.tell(form, navigator.onLine === false ? 'waiting' : 'saving');
    drafts.flush();
  }, true);

  /* --- trying again, with growing pauses */
  var pause = FIRST, timer = 0;
  drafts.after = function () {
    clearTimeout(timer);
    if (!drafts.stored(true).some(function (entry) { return entry.wanted; })) return;
    timer = setTimeout(drafts.flush, pause);
    pause = Math.min(pause * 2, LONGEST);
  };
  window.addEventListener('online', function () { pause = FIRST; });
  /* A page that Back brings again: its words may have arrived meanwhile. */
  window.addEventListener('pageshow', function (event) {
    all(LATER).forEach(function (form) { form.hasLine = false; form.wentAt = 0; });
    if (!event.persisted) return;
    all(LATER).forEach(function (form) { if (form.draft && form.draft.attempted) drafts.lock(form); });
    drafts.flush();
  });

  /* --- a kept form: when it is from, and what was typed into it; its key may be spent, so it gets another */
  if (!keptAt) return;
  var band = document.getElementById('kept-copy');
  /* As an age: the clock of the device may stand in another zone than the times of the page. */
  function age() {
    var minutes = Math.max(1, Math.round((Date.now() - keptAt) / 60000)), unit = minutes < 60 ? 'minute' : minutes < 2880 ? 'hour' : 'day';
    var count = Math.round(minutes / { minute: 1, hour: 60, day: 1440 }[unit]);
    find('[data-when]', band).textContent = window.Intl && Intl.RelativeTimeFormat
      ? new Intl.RelativeTimeFormat(root.lang).format(-count, unit)
      : new Date(keptAt).toLocaleString(root.lang, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
  }
  age();
  setInterval(age, 60000);
  find('main').insertBefore(band, find('main').firstChild);
  all('.draft-offer, #notice > *').forEach(function (old) { old.remove(); });
  all('#live-page').forEach(function (live) { live.hidden = true; live.removeAttribute('data-mode'); });
  all(LATER).forEach(function (form) {
    var entry = drafts.stored(true).filter(function (one) { return one.address === form.getAttribute('action'); }).sort(function (one, other) {
      return other.at - one.at;
    })[0];
    if (!entry) { drafts.renew(form); return; }
    drafts.show(form, entry, { state: 'away' });
  });
}());
