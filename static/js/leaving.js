/* Signing out where words of this person wait on the device: nothing is thrown away before the server can be reached,
   and what cannot be sent is asked about first. */
(function () {
  'use strict';
  var drafts = window.drafts, PATIENCE = 4000;
  if (!drafts) return;
  var find = drafts.find, all = drafts.all, words = drafts.words, stored = drafts.stored, FORMS = 'form[data-keeps-draft]';
  var asked = null, isAsking = false;

  window.addEventListener('submit', function (event) {
    var form = event.target;
    if (!form.hasAttribute('data-leaves')) return;
    all(FORMS).forEach(function (one) { if (one.draft && one.draft.unsent) { one.draft.turn += 1; drafts.store(drafts.take(one)); } });
    event.preventDefault();
    event.stopImmediatePropagation();
    withLine(form, function () {
      if (!stored(true).length) return leave(form);
      drafts.isLeaving = true;
      return drafts.flushAnew().then(function (isAllThere) {
        drafts.isLeaving = false;
        isAllThere ? leave(form) : ask(form);
      });
    });
  }, true);

  /* The browser may think that it has a line where nobody answers. */
  function withLine(form, go) {
    if (isAsking) return;
    isAsking = true;
    var news = navigator.onLine === false ? Promise.resolve({ state: 'away' })
      : drafts.line ? drafts.line({ form_key: '' }, PATIENCE) : Promise.resolve({ state: 'there' });
    news.then(function (told) { return told.state === 'away' ? stay(form) : go(); }).then(settled, settled);
  }
  function settled() { isAsking = false; }
  function put(form, section, place) {
    var menu = form.closest('details');
    if (menu) menu.open = false;
    find('main').insertBefore(section, find('main').firstChild);
    place.focus();
  }
  function stay(form) {
    var told = document.getElementById('leaving-not');
    put(form, told, told);
  }
  window.addEventListener('online', function () { words.appendChild(document.getElementById('leaving-not')); });

  /* The answer to signing out has the browser clear all it stores here (Clear-Site-Data), but not where unsent words
     of somebody else wait: then only this lets go, of this person's words and of every kept form. */
  function leave(form) {
    stored(true).forEach(drafts.forget);
    all(FORMS).forEach(function (one) { one.dirty = false; if (one.draft) { clearTimeout(one.draft.timer); one.draft = null; } });
    if (stored(false).length && !find('[name="others"]', form)) {
      var others = document.createElement('input');
      others.type = 'hidden';
      others.name = 'others';
      others.value = '1';
      form.appendChild(others);
    }
    var go = function () { HTMLFormElement.prototype.submit.call(form); };
    drafts.clear ? drafts.clear().then(go, go) : go();
  }
  function ask(form) {
    asked = form;
    put(form, document.getElementById('draft-leaving'), find('#draft-leaving-title'));
  }

  /* --- a file of what could not be sent, as it was read on the page */
  function written(entry) {
    var left = entry.values.slice();
    var when = new Date(entry.at).toLocaleString(document.documentElement.lang, { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
    return [entry.heading + '\n' + when].concat((entry.shown || []).map(function (one) {
      var place = one[1] === null ? left.findIndex(function (pair) { return pair[0] === one[2]; }) : -1;
      var text = place < 0 ? one[1] || '' : left.splice(place, 1)[0][1];
      return text && (one[0] ? one[0] + ':\n' : '') + text;
    }).filter(Boolean)).join('\n\n');
  }
  function download() {
    var link = document.createElement('a'), text = stored(true).map(written).join('\n\n----------\n\n');
    link.href = URL.createObjectURL(new Blob([text + '\n'], { type: 'text/plain' }));
    link.download = 'tulisan-saya.txt';
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }
  document.addEventListener('click', function (event) {
    var button = event.target && event.target.closest ? event.target.closest('[data-leaving]') : null;
    if (!button || !asked) return;
    var choice = button.getAttribute('data-leaving');
    if (choice === 'download') download();
    if (choice === 'drop') withLine(asked, function () { leave(asked); });
    if (choice === 'stay') { words.appendChild(document.getElementById('draft-leaving')); drafts.flush(); find('#main').focus(); }
  });
}());
