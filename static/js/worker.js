/* Keeps the last opened forms of items on this device and shows them where the line gives nothing; of every other
   page, one that says that there is no line. The server names each page that may be kept, for whom and for how long
   (Keep-On-Device); nothing else is kept, and nothing is sent from here. Forms of one person alone are ever kept:
   whoever opens one takes the place of whoever was here before. */
'use strict';
var MOST = 5, MOST_ASSETS = 60, PATIENCE = 8000, DAY = 86400000;
var SHELF = 'forms:', ASSETS = 'form-assets', NO_LINE = 'no-line', FORM = /^\/[a-z]+\/\d+\/(edit|[a-z]+\/new)$/;
var HEADERS = ['Content-Type', 'Content-Security-Policy', 'X-Content-Type-Options', 'Referrer-Policy', 'Cross-Origin-Opener-Policy'];

self.addEventListener('install', function () { self.skipWaiting(); });
self.addEventListener('activate', function (event) { event.waitUntil(self.clients.claim()); });

self.addEventListener('fetch', function (event) {
  var request = event.request, address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== self.location.origin) return;
  if (address.pathname.indexOf('/static/') === 0) event.respondWith(asset(request));
  else if (request.mode === 'navigate') event.respondWith(open(event, FORM.test(address.pathname) ? keyOf(address) : ''));
});

/* A form that was opened before this worker was there is fetched once more. */
self.addEventListener('message', function (event) {
  var told = event.data || {}, address = new URL(told.keep || '/', self.location.origin);
  if (told.says) event.waitUntil(keepNoLine(new URL(told.says, self.location.origin)).catch(nothing));
  if (address.origin !== self.location.origin || !FORM.test(address.pathname)) return;
  event.waitUntil(fetch(address.href, { credentials: 'same-origin' }).then(function (answer) {
    return keep(keyOf(address), answer);
  }).catch(nothing));
});
function nothing() {}

function keyOf(address) {
  var key = new URL(address.pathname + address.search, self.location.origin);
  key.searchParams.delete('kept');
  return key.href;
}

/* --- the line first; what is kept where it fails, or is silent for long. Whatever the server answers goes through. */
function open(event, key) {
  var isOver = false;
  var line = fetch(event.request).then(function (answer) {
    isOver = true;
    if (key) event.waitUntil(keep(key, answer.clone()).catch(nothing));
    return answer;
  }, function (problem) { isOver = true; throw problem; });
  function silence() {
    return after(PATIENCE).then(function () { return isOver || !key ? null : kept(key); }).then(function (copy) {
      if (copy || isOver) return copy || line;
      /* An answer that takes its time is waited for, as long as there is a line. */
      return isThere().then(function (is) { return is ? silence() : noLine().then(function (page) { return page || line; }); });
    });
  }
  return Promise.race([line, silence()]).catch(function (problem) {
    return (key ? kept(key) : Promise.resolve(null)).then(function (copy) { return copy || noLine(); }).then(function (page) {
      if (page) return page;
      throw problem;
    });
  });
}
function after(pause) { return new Promise(function (resolve) { setTimeout(resolve, pause); }); }
function isThere() {
  return Promise.race([fetch('/healthz', { cache: 'no-store' }).then(function () { return true; }, function () { return false; }), after(PATIENCE)]);
}
function noLine() {
  return caches.open(NO_LINE).then(function (shelf) {
    return shelf.keys().then(function (keys) {
      var own = keys.filter(function (one) { return new URL(one.url).pathname.indexOf('/static/') !== 0; })[0];
      return own ? shelf.match(own) : null;
    });
  });
}
function asset(request) {
  return fetch(request).catch(function (problem) {
    return caches.match(request.url, { ignoreVary: true }).then(function (copy) {
      if (copy) return copy;
      throw problem;
    });
  });
}
function kept(key) {
  return shelves().then(function (names) {
    return names.length === 1 ? caches.open(names[0]).then(function (shelf) {
      return shelf.match(key).then(function (copy) {
        if (!copy || Number(copy.headers.get('X-Until')) > Date.now()) return copy;
        return shelf.delete(key).then(function () { return null; });
      });
    }) : null;
  });
}
function shelves() {
  return caches.keys().then(function (names) { return names.filter(function (name) { return name.indexOf(SHELF) === 0; }); });
}

/* --- keeping */
function keep(key, answer) {
  var told = (answer.headers.get('Keep-On-Device') || '').split(' ');
  if (answer.ok && told.length === 2 && !answer.redirected) return put(key, answer, told[0], Number(told[1]) * 1000);
  /* Whoever was signed out, or lost the role, does not find it here either. */
  if (answer.ok || answer.redirected || answer.type === 'opaqueredirect' || [401, 403, 404].indexOf(answer.status) >= 0) return drop(key);
  return Promise.resolve();
}
function drop(key) {
  return shelves().then(function (names) {
    return Promise.all(names.map(function (name) { return caches.open(name).then(function (shelf) { return shelf.delete(key); }); }));
  });
}
function headersOf(answer, lasts) {
  var headers = { 'X-Until': String(Date.now() + lasts) };
  HEADERS.forEach(function (name) { if (answer.headers.get(name)) headers[name] = answer.headers.get(name); });
  return headers;
}
function put(key, answer, person, lasts) {
  var headers = headersOf(answer, lasts), mine = SHELF + person;
  return Promise.all([answer.text(), shelves()]).then(function (found) {
    var page = found[0].replace('<html ', '<html data-kept-at="' + Date.now() + '" ');
    return Promise.all(found[1].map(function (name) { return name === mine || caches.delete(name); })).then(function () {
      return caches.open(mine);
    }).then(function (shelf) {
      return shelf.delete(key).then(function () { return shelf.put(key, new Response(page, { headers: headers })); }).then(function () {
        return shelf.keys();
      }).then(function (keys) {
        return Promise.all(keys.slice(0, -MOST).map(function (old) { return shelf.delete(old); }));
      });
    }).then(function () { return putAssets(page); });
  });
}
/* The page for when there is no line, in the language and look it was asked for in; it names nobody. */
function keepNoLine(address) {
  return caches.open(NO_LINE).then(function (shelf) { return shelf.match(address.href); }).then(function (copy) {
    if (copy && Number(copy.headers.get('X-Until')) > Date.now()) return null;
    return fetch(address.href, { credentials: 'same-origin' }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.text().then(function (page) { return putNoLine(address, answer, page); }) : null;
    });
  });
}
function putNoLine(address, answer, page) {
  return caches.delete(NO_LINE).then(function () { return caches.open(NO_LINE); }).then(function (shelf) {
    return shelf.put(address.href, new Response(page, { headers: headersOf(answer, DAY) })).then(function () { return shelf.addAll(assetsOf(page)); });
  });
}
function assetsOf(page) {
  return (page.match(/\/static\/[0-9a-f]{12}\/[^"'#?\s]+/g) || []).filter(function (one, at, all) { return all.indexOf(one) === at; });
}
/* Their addresses carry their hash, so that what is here already is the same. */
function putAssets(page) {
  var needed = assetsOf(page);
  return caches.open(ASSETS).then(function (shelf) {
    return shelf.keys().then(function (keys) {
      var paths = keys.map(function (one) { return new URL(one.url).pathname; });
      var missing = needed.filter(function (one) { return paths.indexOf(one) < 0; });
      var old = keys.filter(function (one, at) { return needed.indexOf(paths[at]) < 0; });
      return Promise.all(old.slice(0, Math.max(keys.length + missing.length - MOST_ASSETS, 0)).map(function (one) {
        return shelf.delete(one);
      })).then(function () { return shelf.addAll(missing); });
    });
  });
}
