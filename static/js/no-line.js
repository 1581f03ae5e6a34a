/* The page in place of one that could not be had: it lists what this device keeps for whoever is signed in here, and
   has the asked page come by itself once there is a line. Of itself it knows nobody. */
(function () {
  'use strict';
  var SHELF = 'forms:', PREFIX = 'draft:', DAY = 86400000, DAYS = 30, FIRST = 3000, LONGEST = 60000, PATIENCE = 8000;
  var find = function (selector, root) { return (root || document).querySelector(selector); };
  var main = find('#main'), live = find('#live'), isOwn = location.pathname === main.getAttribute('data-own');

  /* --- the kept forms, of the one person whose forms are ever kept, and what was typed into them */
  function entries(person) {
    return Object.keys(localStorage).filter(function (key) { return key.indexOf(PREFIX + person + ':') === 0; }).map(function (key) {
      try { return JSON.parse(localStorage.getItem(key)); } catch (broken) { return null; }
    }).filter(function (entry) { return entry && Date.now() - entry.at < DAYS * DAY; });
  }
  function words(node) { return node ? node.textContent.replace(/\s+/g, ' ').trim() : ''; }
  function told(page) {
    return {
      heading: words(find('h1', page)), item: words(find('.crumbs li:last-child', page)), roadmap: words(find('p.doc-title', page)),
      at: Number(page.documentElement.getAttribute('data-kept-at'))
    };
  }
  function forms(shelf) {
    return shelf.keys().then(function (keys) {
      return Promise.all(keys.map(function (key) {
        return shelf.match(key).then(function (copy) {
          if (Number(copy.headers.get('X-Until')) < Date.now()) return null;
          return copy.text().then(function (text) {
            return Object.assign(told(new DOMParser().parseFromString(text, 'text/html')), { address: new URL(key.url) });
          });
        });
      }));
    }).then(function (found) { return found.filter(Boolean).sort(function (one, other) { return other.at - one.at; }); });
  }
  function age(at) {
    var minutes = Math.max(1, Math.round((Date.now() - at) / 60000)), unit = minutes < 60 ? 'minute' : minutes < 2880 ? 'hour' : 'day';
    var count = Math.round(minutes / { minute: 1, hour: 60, day: 1440 }[unit]), lang = document.documentElement.lang;
    return window.Intl && Intl.RelativeTimeFormat ? new Intl.RelativeTimeFormat(lang).format(-count, unit) : new Date(at).toLocaleString(lang);
  }
  function row(place, at, waiting) {
    var one = find('#kept-row').content.cloneNode(true);
    find('[data-when]', one).textContent = age(at);
    if (waiting.length) find('[data-state="' + (waiting.some(function (entry) { return entry.wanted; }) ? 'waiting' : 'typed') + '"]', one).hidden = false;
    find('ul', place).appendChild(one);
    place.hidden = false;
    return find('li:last-child', place);
  }
  function list(person, found) {
    var left = entries(person);
    found.forEach(function (form) {
      var own = left.filter(function (entry) { return entry.address.split('?')[0] === form.address.pathname; });
      left = left.filter(function (entry) { return own.indexOf(entry) < 0; });
      var one = row(find('#kept-forms'), form.at, own), link = find('a', one);
      link.href = form.address.pathname + form.address.search;
      link.textContent = form.heading + (form.item && ': ' + form.item);
      if (form.roadmap) find('[data-where]', one).textContent = form.roadmap + ', ';
    });
    left.forEach(function (entry) {
      var one = row(find('#kept-words'), entry.at, [entry]);
      find('p', one).textContent = entry.heading;
      find('.second', one).textContent = find('[data-when]', one).textContent;
    });
  }
  if (window.caches) caches.keys().then(function (names) {
    var shelves = names.filter(function (name) { return name.indexOf(SHELF) === 0; });
    if (shelves.length !== 1) return null;
    return caches.open(shelves[0]).then(forms).then(function (found) { list(shelves[0].slice(SHELF.length), found); });
  }).catch(function () {});

  /* --- back to what was asked for; where that fails though there is a line, with growing pauses */
  var tries = history.state && history.state.tries || 0, timer = 0;
  var pause = isOwn ? 0 : Math.min(FIRST * Math.pow(2, tries), LONGEST);
  function ask() {
    clearTimeout(timer);
    if (document.hidden) return;
    var stop = new AbortController(), late = setTimeout(function () { stop.abort(); }, PATIENCE);
    fetch(main.getAttribute('data-asks'), { cache: 'no-store', signal: stop.signal }).then(function () { return true; }, function () { return false; }).then(function (isThere) {
      clearTimeout(late);
      if (isThere) { goBack(); return; }
      pause = Math.min(Math.max(pause, FIRST) * 2, LONGEST);
      timer = setTimeout(ask, pause);
    });
  }
  function goBack() {
    live.textContent = live.getAttribute('data-back');
    if (isOwn) {
      document.title = document.title.replace(find('h1').textContent, live.textContent);
      find('h1').textContent = live.textContent;
      find('#line-is-back').hidden = false;
      return;
    }
    history.replaceState({ tries: tries + 1 }, '');
    location.reload();
  }
  if (isOwn) Array.prototype.forEach.call(document.querySelectorAll('[data-asked]'), function (part) { part.hidden = true; });
  window.addEventListener('online', ask);
  document.addEventListener('visibilitychange', ask);
  timer = setTimeout(ask, pause);
}());
