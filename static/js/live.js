/* What makes an open page of a roadmap live: it says that somebody is here, hears that something happened (numbers
   only), and fetches what it shows with its reader's own rights. It swaps what changed and nothing else, never a form,
   never what holds the focus, and keeps what is read where it stands. Every page works without this file. */
(function () {
  'use strict';
  var root = document.getElementById('live-page');
  if (!root || !root.hasAttribute('data-mode') || !window.fetch || !window.FormData) return;
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
  var tab = newTab();

  function stop() {
    stopped = true;
    closeStream();
    clearTimeout(polling);
    if (clock) clock.terminate();
  }
  /* Who was signed out or lost the role hears no more; what they typed is nobody's business here. */
  function heard(answer) {
    if (answer.redirected || [401, 403, 404].indexOf(answer.status) >= 0) { stop(); throw answer; }
    if (!answer.ok) throw answer;
    return answer;
  }
  var ignore = function () {};

  /* --- saying that one is here */
  var open = '';
  function forms() {
    return all('form[data-guard]').filter(function (form) { return /\/[a-z]+\/\d+\/edit/.test(form.getAttribute('action')); });
  }
  function itemOf(form) { return /\/([a-z]+\/\d+)\/edit/.exec(form.getAttribute('action'))[1]; }
  function body(more) {
    var data = new URLSearchParams(), token = find('meta[name="csrf-token"]');
    var edited = forms().map(itemOf)[0] || '';
    data.append('csrf_token', token ? token.content : '');
    data.append('tab', tab);
    data.append('item', edited || set('page'));
    data.append('editing', edited ? '1' : '0');
    /* With a stream open the beat need not ask what is new. */
    if (!stream) { data.append('since', seq); data.append('who', who); }
    if (more) data.append(more, '1');
    open = edited;
    return data;
  }
  function beat() {
    if (stopped || gone) return;
    fetch(set('here'), { method: 'POST', body: body(), headers: HEADERS, redirect: 'manual' }).then(heard).then(news).catch(ignore);
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
    beat();
    connect();
  });

  /* --- hearing that something happened: a stream, and where there is none, asking */
  var stream = null, troubles = 0, polling = null, hiding = null;
  function address(name) { return set(name) + '?since=' + seq + '&who=' + who; }
  function closeStream() { if (stream) stream.close(); stream = null; }
  function connect() {
    if (stopped || gone || spares || stream || document.hidden) return;
    if (!window.EventSource) { poll(); return; }
    stream = new EventSource(address('stream'));
    stream.onopen = function () { troubles = 0; clearTimeout(polling); polling = null; };
    stream.addEventListener('news', function (event) { take(JSON.parse(event.data)); });
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
    else { if (!stream) connect(); if (late) fetchRegions(); }
  });
  function news(answer) { return answer.status === 204 ? null : answer.json().then(take); }

  function take(said) {
    if (said.who !== undefined && said.who !== who && !document.hidden) { who = said.who; askWho(); }
    if (!(said.seq > seq)) return;
    seq = said.seq;
    waiting += said.others;
    forms().forEach(function (form) { if (said.wide || said.items.indexOf(itemOf(form)) >= 0) askNewer(form); });
    if (!find('[data-live-region]')) { waiting = 0; return; }
    if (set('page') && !said.wide && said.items.indexOf(set('page')) < 0) { waiting = 0; return; }
    if (spares) tellWaiting(); else fetchRegions();
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
      fetch(set('here') + '?tab=' + tab + '&item=' + (open || set('page')), { headers: HEADERS }).then(heard)
        .then(function (answer) { return answer.text(); })
        .then(function (text) { still(function () { lay(find('#presence'), find('#presence', parsed(text))); }); })
        .catch(ignore);
    }, Math.max(0, askedAt + pause - Date.now()) + Math.random() * 300);
  }
  setInterval(function () {
    all('[data-minutes]').forEach(function (node) { node.textContent = Number(node.textContent) + 1; });
  }, 60000);

  /* --- what changed, laid into what is shown */
  var late = false, last = 0, fetching = null;
  function fetchRegions() {
    if (document.hidden) { late = true; return; }
    if (fetching || stopped) return;
    var pause = Math.max(0, last + 2500 - Date.now());
    fetching = setTimeout(function () {
      late = false;
      fetch(location.href.split('#')[0], { headers: HEADERS }).then(heard)
        .then(function (answer) { return answer.text(); })
        .then(function (text) { fetching = null; last = Date.now(); show(parsed(text)); })
        .catch(function () { fetching = null; last = Date.now(); });
    }, pause + Math.random() * 200);
  }
  function parsed(text) { return new DOMParser().parseFromString(text, 'text/html'); }
  function show(page) {
    late = false;
    still(function () {
      all('[data-live-region], [data-live-too]').forEach(function (region) {
        var fresh = page.getElementById(region.id);
        if (fresh) lay(region, fresh);
      });
      waiting = 0;
      tellWaiting();
    });
  }
  function tellWaiting() {
    var line = find('#live-line');
    find('strong', line).textContent = waiting;
    still(function () { line.hidden = !waiting; });
  }
  root.addEventListener('click', function (event) {
    if (event.target.closest('#live-line button')) { late = true; last = 0; fetchRegions(); }
  });
  /* Later, when the focus has left what could not be touched. */
  document.addEventListener('focusout', function () { setTimeout(function () { if (late) fetchRegions(); }, 300); });

  /* What is read stays where it stands. */
  function still(act) {
    var anchor = document.activeElement;
    var box = anchor && anchor !== document.body ? anchor.getBoundingClientRect() : null;
    if (!box || box.bottom < 0 || box.top > window.innerHeight) anchor = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 3);
    var before = anchor && anchor.getBoundingClientRect().top;
    act();
    added.splice(0).forEach(function (node) {
      if (node.nodeType !== 1 || !node.isConnected) return;
      if (window.htmx) window.htmx.process(node);
      document.dispatchEvent(new CustomEvent('regions:laid', { detail: node }));
    });
    if (!anchor || !anchor.isConnected || !window.scrollY) return;
    var moved = anchor.getBoundingClientRect().top - before;
    if (Math.abs(moved) > 1) window.scrollBy(0, moved);
  }
  var added = [];
  var OURS = /^(open|hidden|tabindex|aria-disabled|data-htmx.*)$/;
  var KEYS = /^(csrf_token|act_key)$/;
  function attributes(node) {
    return Array.prototype.filter.call(node.attributes, function (one) { return !OURS.test(one.name); })
      .map(function (one) { return one.name + '=' + one.value; }).sort().join('\n');
  }
  function sameTag(one, other) {
    if (one.nodeType !== other.nodeType || one.nodeName !== other.nodeName) return false;
    if (one.nodeType !== 1 || (one.nodeName === 'INPUT' && KEYS.test(one.name))) return true;
    return attributes(one) === attributes(other);
  }
  function alike(one, other) {
    if (!sameTag(one, other) || one.childNodes.length !== other.childNodes.length) return false;
    if (one.nodeType !== 1) return one.nodeValue === other.nodeValue;
    return Array.prototype.every.call(one.childNodes, function (child, place) { return alike(child, other.childNodes[place]); });
  }
  function busy(node) {
    var active = document.activeElement, chosen = window.getSelection();
    if (active && active !== document.body && node.contains(active)) return true;
    if (node.nodeType === 1 && (node.matches('form[data-guard]') || find('form[data-guard]', node))) return true;
    if (node.nodeType === 1 && all('textarea, input:not([type="hidden"])', node).some(function (box) { return box.value !== box.defaultValue || box.checked !== box.defaultChecked; })) return true;
    return chosen.rangeCount > 0 && !chosen.isCollapsed && chosen.getRangeAt(0).intersectsNode(node);
  }
  function lay(old, fresh) {
    if (!old || !fresh || alike(old, fresh)) return;
    if (old.nodeType !== 1 || fresh.nodeType !== 1 || !sameTag(old, fresh) || old.matches('form, textarea, select, input')) { put(old, fresh); return; }
    var from = 0, was = Array.prototype.slice.call(old.childNodes), is = Array.prototype.slice.call(fresh.childNodes);
    var to = was.length, end = is.length;
    while (from < to && from < end && alike(was[from], is[from])) from += 1;
    while (to > from && end > from && alike(was[to - 1], is[end - 1])) { to -= 1; end -= 1; }
    if (to - from === end - from) {
      for (; from < to; from += 1) lay(was[from], is[from]);
      return;
    }
    if (was.slice(from, to).some(busy)) { late = true; return; }
    var next = was[to] || null;
    is.slice(from, end).forEach(function (node) { add(old.insertBefore(document.importNode(node, true), next)); });
    was.slice(from, to).forEach(function (node) { old.removeChild(node); });
  }
  function put(old, fresh) {
    if (busy(old)) { late = true; return; }
    var node = document.importNode(fresh, true);
    old.parentNode.replaceChild(node, old);
    add(node);
  }
  function add(node) { added.push(node); }

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
    fetch('/' + itemOf(form) + set('newer') + '?since=' + base.value, { headers: HEADERS }).then(heard)
      .then(function (answer) { return answer.status === 204 ? '' : answer.text(); })
      .then(function (text) {
        var fresh = text && find('.newer', parsed(text)), old = find('.newer', form);
        if (!fresh || !form.isConnected || (old && words(find('[data-words]', old)) === words(find('[data-words]', fresh)) && old.contains(document.activeElement))) return;
        fresh = document.importNode(fresh, true);
        if (old) old.parentNode.replaceChild(fresh, old);
        else form.insertBefore(fresh, find('.save-bar', form));
        say(words(find('[data-words]', fresh)));
      }).catch(ignore);
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
      else if (boxes[0] && news[0]) put(boxes[0].closest('.field'), news[0].closest('.field'));
      first = first || find('[name="' + name + '"]:not([type="hidden"])', form);
    });
    still(function () {});
    if (first) first.dispatchEvent(new Event('input', { bubbles: true }));
  }
  function fill(box, fresh) {
    if (box.type === 'checkbox' || box.type === 'radio') box.checked = fresh.checked;
    else if (box.multiple) all('option', box).forEach(function (one, place) { one.selected = fresh.options[place].selected; });
    else box.value = fresh.value;
  }

  document.addEventListener('live:beat', beat);
  document.addEventListener('htmx:after:settle', function () { setTimeout(changedHands, 50); });
  beat();
  connect();
  /* Whether one edits the same thing in another tab, the page could not know when it was made. */
  if (open) askWho();
}());
