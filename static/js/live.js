/* What makes an open page of a roadmap live: it says that somebody is here, hears that something happened (numbers
   only), and fetches what it shows with its reader's own rights; lay.js lays it in. Every page works without this file. */
(function () {
  'use strict';
  var root = document.getElementById('live-page');
  var laying = window.laying;
  if (!root || !root.hasAttribute('data-mode') || !window.fetch || !window.FormData || !laying) return;
  var find = function (selector, from) { return (from || document).querySelector(selector); };
  var all = function (selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); };
  var set = function (name) { return root.getAttribute('data-' + name); };
  var spares = set('mode') === 'hemat' || !!(navigator.connection && navigator.connection.saveData);
  var seq = Number(set('seq')), who = set('who'), stopped = false, gone = false, waiting = 0;
  var HEADERS = { 'X-Live': '1' };

  function newTab() {
    var signs = new Uint8Array(12);
    crypto.getRandomValues(signs);
    return Array.prototype.map.call(signs, function (one) { return ('0' + one.toString(16)).slice(-2); }).join('');
  }
  /* The page that stood in this tab before may be written down a moment longer: it is no other tab. */
  function tabBefore() {
    try {
      var last = sessionStorage.getItem('tab') || '';
      sessionStorage.setItem('tab', tab);
      return last;
    } catch (problem) { return ''; }
  }
  var tab = newTab(), before = tabBefore();

  function stop(why) {
    if (stopped) return;
    stopped = true;
    closeStream();
    clearTimeout(polling);
    if (clock) clock.terminate();
    var line = find('#live-ended');
    find('[data-of="' + why + '"]', line).hidden = false;
    laying.still(function () { line.hidden = false; });
  }
  /* Who was signed out or lost the role hears no more, and is told; what they typed stays where it is. */
  function heard(answer) {
    if (answer.redirected || answer.type === 'opaqueredirect' || [400, 401].indexOf(answer.status) >= 0) { stop('session'); throw answer; }
    if ([403, 404].indexOf(answer.status) >= 0) { stop('role'); throw answer; }
    return came(answer);
  }
  function came(answer) {
    if (!answer.ok || answer.redirected) throw answer;
    return answer;
  }
  var ignore = function () {};

  /* --- saying that one is here */
  var open = '';
  function itemOf(form) {
    var named = /\/([a-z]+\/\d+)\/edit/.exec(form.getAttribute('action'));
    return form.getAttribute('data-item') || (named ? named[1] : '');
  }
  function forms() { return all('form[data-guard]').filter(itemOf); }
  function body(more) {
    var data = new URLSearchParams(), token = find('meta[name="csrf-token"]');
    var edited = forms().map(itemOf)[0] || '';
    data.append('csrf_token', token ? token.content : '');
    data.append('tab', tab);
    data.append('item', edited || set('page'));
    data.append('editing', edited ? '1' : '0');
    /* With a stream open the beat asks now and then only, lest the stream is deaf and does not know it. */
    if (!stream || beats % 4 === 0) { data.append('since', seq); data.append('who', who); }
    if (more) data.append(more, '1');
    open = edited;
    return data;
  }
  var beats = 0, beatAt = Date.now();
  function beat() {
    if (stopped || gone) return;
    /* The device slept: what was open then may be cut off without a word. */
    var slept = Date.now() - beatAt > set('beat') * 3000, known = seq;
    beatAt = Date.now();
    beats += 1;
    if (slept) { closeStream(); connect(); }
    fetch(set('here'), { method: 'POST', body: body(), headers: HEADERS, redirect: 'manual' }).then(heard).then(news).then(function () {
      if (!stream || seq === known || heardAt > beatAt) return;
      closeStream();
      connect();
    }).catch(ignore);
  }
  function changedHands() { if ((forms().map(itemOf)[0] || '') !== open) { beat(); if (open) askWho(); } }
  var clock = null;
  try {
    clock = new Worker(set('timer'));
    clock.onmessage = beat;
    clock.postMessage(set('beat') * 1000);
  } catch (problem) { setInterval(beat, set('beat') * 1000); }
  window.addEventListener('pagehide', function () {
    gone = true;
    closeStream();
    if (!stopped && navigator.sendBeacon) navigator.sendBeacon(set('here'), body('ended'));
  });
  window.addEventListener('pageshow', function (event) {
    if (!event.persisted) return;
    gone = false;
    tab = newTab();
    before = tabBefore();
    beat();
    connect();
  });

  /* --- hearing that something happened: a stream, and where there is none, asking */
  var stream = null, troubles = 0, polling = null, hiding = null, heardAt = 0;
  function address(name) { return set(name) + '?since=' + seq + '&who=' + who; }
  function closeStream() { if (stream) stream.close(); stream = null; }
  function connect() {
    if (stopped || gone || spares || stream || document.hidden) return;
    if (!window.EventSource) { poll(); return; }
    stream = new EventSource(address('stream'));
    stream.onopen = function () { troubles = 0; clearTimeout(polling); polling = null; };
    stream.addEventListener('news', function (event) { heardAt = Date.now(); take(JSON.parse(event.data)); });
    stream.addEventListener('end', function () { closeStream(); poll(); });
    stream.onerror = function () {
      troubles += 1;
      if (stream && stream.readyState !== 2 && troubles < 3) return;
      closeStream();
      troubles = 0;
      poll();
    };
  }
  var asked = 0;
  function poll() {
    clearTimeout(polling);
    if (stopped || gone || stream || document.hidden) return;
    polling = setTimeout(function () {
      /* A place among the streams may be free again. */
      asked += 1;
      if (asked % 12 === 0) { connect(); return; }
      fetch(address('changes'), { headers: HEADERS }).then(heard).then(news).catch(ignore).then(poll);
    }, set('poll') * 1000);
  }
  document.addEventListener('visibilitychange', function () {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(closeStream, 10000);
    else { if (!stream) connect(); if (laying.late) fetchRegions(); }
  });
  window.addEventListener('online', function () { closeStream(); connect(); });
  /* Regions whose readers are in the middle of something are told, and shown when they like. */
  var TOLD = '[data-live-region="told"]', rows = {};
  function news(answer) { return answer.status === 204 ? null : answer.json().then(take); }

  function take(said) {
    if (said.who !== undefined && said.who !== who && !document.hidden) { who = said.who; askWho(); }
    if (!(said.seq > seq)) return;
    seq = said.seq;
    forms().forEach(function (form) { if (said.wide || said.items.indexOf(itemOf(form)) >= 0) askNewer(form); });
    var told = all(TOLD), about = set('page') || (find('[data-live-about]') || root).getAttribute('data-live-about');
    if (!find('[data-live-region]') || (about && !said.wide && said.items.indexOf(about) < 0)) return;
    if (!spares && all('[data-live-region]').length > told.length) fetchRegions();
    if (said.others && (spares || told.length)) { wait(said); tellWaiting(); }
  }
  /* How many acts wait to be shown; in a table how many of its rows they changed. */
  function wait(said) {
    var table = find('[data-live-rows]');
    if (!table || said.wide) { waiting += said.others; return; }
    said.items.forEach(function (item) {
      var named = item.split('/');
      if (named[0] === table.getAttribute('data-live-rows') && find('[data-row="' + named[1] + '"]', table)) rows[named[1]] = true;
    });
  }

  /* --- who is here */
  var asking = null, askedAt = 0;
  function askWho() {
    if (asking || stopped) return;
    /* The more are here the more comes and goes, and nobody waits for it. */
    var region = find('#presence'), pause = Math.max(4000, Number(region.getAttribute('data-count')) * 50);
    asking = setTimeout(function () {
      asking = null;
      askedAt = Date.now();
      fetch(set('here') + '?tab=' + tab + '&tab=' + before + '&item=' + (open || set('page')), { headers: HEADERS }).then(heard)
        .then(function (answer) { return answer.text(); })
        .then(function (text) { edits = parsed(text).getElementById('presence'); laying.still(showWho); })
        .catch(ignore);
    }, Math.max(0, askedAt + pause - Date.now()) + Math.random() * 300);
  }
  var edits = null;
  function showWho() {
    var region = find('#presence');
    ['data-count', 'data-edits'].forEach(function (name) { region.setAttribute(name, edits.getAttribute(name)); });
    laying.lay(region, edits);
    mark();
  }
  /* Who is editing it stands on each card, in words. */
  function mark() {
    var named = edits && JSON.parse(edits.getAttribute('data-edits'));
    all('[data-editing]').forEach(function (chip) {
      var words = named ? named[chip.getAttribute('data-editing')] || '' : chip.textContent.trim();
      if (chip.textContent !== words) chip.textContent = words;
      chip.hidden = !words;
    });
  }
  setInterval(function () {
    all('[data-minutes]').forEach(function (node) { node.textContent = Number(node.textContent) + 1; });
  }, 60000);

  /* --- what changed, laid into what is shown */
  var last = 0, fetching = null, wanted = false, swaps = 0;
  document.addEventListener('htmx:after:swap', function () { swaps += 1; });
  function fetchRegions() {
    if (document.hidden) { laying.late = true; return; }
    if (fetching || stopped) return;
    var pause = Math.max(0, last + 2500 - Date.now());
    fetching = setTimeout(function () {
      var before = swaps;
      fetch(location.href.split('#')[0], { headers: HEADERS }).then(came)
        .then(function (answer) { return answer.text(); })
        .then(function (text) {
          var page = parsed(text), fresh = page.getElementById('live-page');
          fetching = null;
          last = Date.now();
          /* Older than what one's own act has just shown. */
          if (swaps !== before || find('.htmx-request')) { fetchRegions(); return; }
          show(page);
          if (fresh && Number(fresh.getAttribute('data-seq')) < seq) fetchRegions();
        })
        .catch(function () { fetching = null; last = Date.now(); });
    }, pause + Math.random() * 200);
  }
  function parsed(text) { return new DOMParser().parseFromString(text, 'text/html'); }
  function show(page) {
    laying.late = false;
    laying.still(function () {
      all('[data-live-region], [data-live-too]').forEach(function (region) {
        if (!wanted && region.matches(TOLD)) return;
        var fresh = page.getElementById(region.id);
        if (fresh) laying.lay(region, fresh);
      });
      mark();
      if (wanted || !(spares || find(TOLD))) { waiting = 0; rows = {}; }
    });
    wanted = wanted && laying.late;
    tellWaiting();
  }
  var line = find('#live-line'), place = find('[data-live-place]');
  if (place) place.appendChild(line);
  else root.parentNode.insertBefore(line, root.nextSibling);
  function tellWaiting() {
    var changed = Object.keys(rows).length, count = waiting || changed;
    find('strong', line).textContent = count;
    var words = find('[data-acts]', line);
    words.textContent = words.getAttribute(waiting ? 'data-acts' : 'data-rows');
    if (line.hidden !== !count) laying.still(function () { line.hidden = !count; });
  }
  line.addEventListener('click', function (event) {
    if (event.target.closest('button')) { wanted = true; last = 0; fetchRegions(); }
  });
  /* Later, when the focus has left what could not be touched. */
  document.addEventListener('focusout', function () { setTimeout(function () { if (laying.late) fetchRegions(); }, 300); });

  /* --- a newer version of what one is editing: now or later, as one likes */
  var spoken = 0;
  function say(words) {
    var live = find('#live');
    if (!live || Date.now() - spoken < 30000) return;
    spoken = Date.now();
    live.textContent = '';
    setTimeout(function () { live.textContent = words; }, 60);
  }
  function words(node) { return node.textContent.replace(/\s+/g, ' ').trim(); }
  function askNewer(form) {
    var base = find('[name="base_version"]', form);
    if (!base || find('[name="clashing"]', form)) return;
    fetch('/' + itemOf(form) + set('newer') + '?since=' + base.value, { headers: HEADERS }).then(came)
      .then(function (answer) { return answer.status === 204 ? '' : answer.text(); })
      .then(function (text) {
        var fresh = text && find('.newer', parsed(text)), old = find('.newer', form);
        if (!fresh || !form.isConnected || (old && words(find('[data-words]', old)) === words(find('[data-words]', fresh)) && old.contains(document.activeElement))) return;
        fresh = document.importNode(fresh, true);
        if (old) old.parentNode.replaceChild(fresh, old);
        else form.insertBefore(fresh, find('.save-bar', form));
        keepClear(fresh, document.activeElement);
        say(words(find('[data-words]', fresh)));
      }).catch(ignore);
  }
  /* It stands over nothing that is being typed. */
  function keepClear(line, box) {
    var one = line.getBoundingClientRect(), other = box.getBoundingClientRect();
    if (line.parentNode.contains(box) && one.top < other.bottom && one.bottom > other.top) line.classList.add('newer-below');
  }
  document.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('[data-merge], [data-merge-later]');
    var form = button && button.closest('form');
    if (!form) return;
    event.preventDefault();
    var line = button.closest('.newer');
    if (button.hasAttribute('data-merge-later')) { line.parentNode.removeChild(line); return; }
    fetch(button.getAttribute('formaction'), { method: 'POST', body: new FormData(form), headers: HEADERS })
      .then(function (answer) { if (!answer.ok) throw answer; return answer.text(); })
      .then(function (text) {
        var page = parsed(text), fresh = find('main form[data-guard]', page);
        merge(form, fresh);
        line.textContent = words(find('#notice', page));
      })
      .catch(function () { line.textContent = words(find('#live-unmerged')); })
      .then(function () { line.tabIndex = -1; line.focus(); spoken = 0; say(line.textContent); });
  });
  function merge(form, fresh) {
    var held = new FormData(form), merged = new FormData(fresh), names = {}, first = null;
    all('[name]', fresh).forEach(function (box) { names[box.name] = true; });
    Object.keys(names).forEach(function (name) {
      if (/^(csrf_token|act_key|kept_uid|reason|fields)$/.test(name)) return;
      if (held.getAll(name).join('\n').replace(/\r/g, '') === merged.getAll(name).join('\n').replace(/\r/g, '')) return;
      var boxes = all('[name="' + name + '"]', form), news = all('[name="' + name + '"]', fresh);
      if (boxes.length === news.length) boxes.forEach(function (box, place) { fill(box, news[place]); });
      else if (boxes[0] && news[0]) laying.put(boxes[0].closest('.field'), news[0].closest('.field'));
      first = first || find('[name="' + name + '"]:not([type="hidden"])', form);
    });
    laying.still(function () {});
    if (first) first.dispatchEvent(new Event('input', { bubbles: true }));
  }
  function fill(box, fresh) {
    if (box.type === 'checkbox' || box.type === 'radio') box.checked = fresh.checked;
    else if (box.multiple) all('option', box).forEach(function (one, place) { one.selected = fresh.options[place].selected; });
    else {
      if (box.name === 'base_version' && !Array.prototype.some.call(box.options, function (one) { return one.value === fresh.value; })) box.add(new Option(fresh.value, fresh.value));
      box.value = fresh.value;
    }
  }

  document.addEventListener('live:beat', beat);
  document.addEventListener('htmx:after:settle', function () { setTimeout(changedHands, 50); });
  beat();
  connect();
  /* Whether one edits the same thing in another tab, the page could not know when it was made. */
  if (open) askWho();
}());
