/* What the pages gain where scripts run. Every page reads and every act works without this file;
   all words live in the pages, so that they stay in the catalogue. */
(function () {
  'use strict';
  var find = function (selector, root) { return (root || document).querySelector(selector); };
  var each = function (selector, root, act) { Array.prototype.forEach.call((root || document).querySelectorAll(selector), act); };
  var closest = function (node, selector) { return node && node.closest ? node.closest(selector) : null; };

  /* Telling: the polite live region, emptied first so that the same words are said again. */
  function say(words) {
    var live = find('#live');
    if (!live || !words) return;
    live.textContent = '';
    setTimeout(function () { live.textContent = words; }, 60);
  }

  /* htmx: the token on every request; afterwards focus and words. */
  document.addEventListener('htmx:config:request', function (event) {
    var token = find('meta[name="csrf-token"]');
    var request = event.detail.ctx.request;
    if (token) request.headers['X-CSRFToken'] = token.content;
  });

  /* Only what answers the person's own act takes the focus or speaks; what a poll or a stream brings stays silent. */
  var fresh = [];
  document.addEventListener('htmx:after:settle', function (event) {
    fresh = fresh.concat(event.detail.newContent || []);
  });
  document.addEventListener('htmx:after:swap', function (event) {
    var regions = fresh.filter(function (node) { return node.nodeType === 1 && node.isConnected; });
    var act = event.detail.ctx.sourceEvent;
    fresh = [];
    regions.forEach(prepare);
    if (!act || !/^(submit|click|change|input|keydown|keyup|search)$/.test(act.type)) return;
    var all = function (selector) {
      return regions.reduce(function (found, region) {
        if (region.matches(selector)) found.push(region);
        each(selector, region, function (node) { found.push(node); });
        return found;
      }, []);
    };
    var place = /^(submit|click|change)$/.test(act.type) && (all('[data-focus]')[0] || all('.error-summary')[0]);
    if (place) {
      if (place.tabIndex < 0 && !place.hasAttribute('tabindex')) place.setAttribute('tabindex', '-1');
      place.focus();
    }
    say(all('[data-announce]').map(function (node) { return node.textContent.replace(/\s+/g, ' ').trim(); }).join(' '));
  });
  document.addEventListener('htmx:finally:request', function (event) {
    var ctx = event.detail.ctx;
    var form = closest(event.target, 'form');
    if (!form || !form.pending) return;
    if (!ctx.response || ctx.response.status >= 400) form.dirty = form.wasDirty;
    settle(form);
    if (!ctx.response) cutOff(form);
    else if (ctx.response.status >= 400) setTimeout(tellHere, 0, form);
  });

  /* What a refusal says is told beside its button too, where the notice at the top is out of sight. */
  function tellHere(form) {
    var told = find('#notice .notice'), place = find('.actions', form), before = find('.told-here', form);
    if (before) before.remove();
    if (told && find('a[href*="/kept-words/"]', told)) form.wordsKept = true;
    if (!told || !place || !form.isConnected) return;
    var where = told.getBoundingClientRect();
    if (where.bottom > 0 && where.top < window.innerHeight) return;
    var copy = told.cloneNode(true);
    copy.classList.add('told-here');
    each('form', copy, function (node) { node.remove(); });
    place.parentNode.insertBefore(copy, place);
  }

  /* Words not yet saved. */
  function state(form, name) {
    each('[data-state]', form, function (node) { node.hidden = node.getAttribute('data-state') !== name; });
  }
  function isDirty() {
    return Array.prototype.some.call(document.querySelectorAll('form[data-guard]'), function (form) { return form.dirty && !form.wordsKept; });
  }
  document.addEventListener('input', function (event) {
    var form = closest(event.target, 'form[data-guard]');
    if (form && !form.dirty) { form.dirty = true; state(form, 'dirty'); }
    /* Words of one's own are the choice, once one writes them. */
    var chosen = event.target.hasAttribute('data-chooses') && document.getElementById(event.target.getAttribute('data-chooses'));
    if (chosen) chosen.checked = true;
  });
  window.addEventListener('beforeunload', function (event) {
    if (isDirty()) { event.preventDefault(); event.returnValue = ''; }
  });

  /* Sending: once, and not without a line. */
  function settle(form) {
    form.pending = false;
    each('button[aria-disabled="true"]', form, function (node) { node.removeAttribute('aria-disabled'); });
    state(form, form.dirty ? 'dirty' : '');
  }
  function cutOff(form) {
    form.isUnanswered = form.hasAttribute('data-keeps-draft');
    var told = find('[data-state="offline"]', form);
    var words = find('#offline-words');
    if (!told && words) {
      told = words.cloneNode(true);
      told.removeAttribute('id');
      told.className = 'band';
      told.setAttribute('data-state', 'offline');
      form.appendChild(told);
    }
    state(form, 'offline');
    say(told && (find('.long', told) || told).textContent);
  }
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if ((form.getAttribute('method') || '').toLowerCase() !== 'post') return;
    if (form.pending) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    if (navigator.onLine === false) {
      event.preventDefault();
      event.stopImmediatePropagation();
      cutOff(form);
      return;
    }
    if (find('.told-here', form)) find('.told-here', form).remove();
    form.pending = true;
    form.wasDirty = form.dirty;
    form.dirty = false;
    state(form, 'saving');
    setTimeout(function () {
      if (form.pending) each('button:not([type="button"])', form, function (node) { node.setAttribute('aria-disabled', 'true'); });
    }, 0);
    /* An answer that is a file leaves the page standing. */
    setTimeout(function () { if (form.pending && form.isConnected) settle(form); }, 10000);
  }, true);
  window.addEventListener('pageshow', function () { each('form', document, function (form) { if (form.pending) { form.dirty = form.wasDirty; settle(form); } }); });
  window.addEventListener('online', function () { each('form[data-guard]', document, function (form) { if (!form.isUnanswered) state(form, form.dirty ? 'dirty' : ''); }); });

  document.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      var form = closest(event.target, 'form');
      if (form && closest(event.target, 'input, textarea, select')) { event.preventDefault(); form.requestSubmit ? form.requestSubmit() : form.submit(); }
    }
    if (event.key === 'Escape') {
      var open = closest(event.target, 'details.menu[open]');
      if (open) { open.open = false; find('summary', open).focus(); }
    }
  });
  document.addEventListener('change', function (event) {
    var form = closest(event.target, 'form[data-auto-submit]');
    if (form && form.requestSubmit) form.requestSubmit();
  });

  /* Money: the amount as people write it, after leaving the box. */
  function rupiah(box) {
    var digits = box.value.replace(/^\s*Rp\.?\s*/i, '').replace(/[.\s]/g, '').replace(/,0+$/, '');
    var note = box.rupiahNote;
    if (!note) {
      note = box.rupiahNote = document.createElement('p');
      note.className = 'amount-words';
      var anchor = closest(box, '.with-suffix') || box;
      anchor.parentNode.insertBefore(note, anchor.nextSibling);
    }
    note.textContent = /^\d{1,15}$/.test(digits) ? 'Rp' + digits.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, '.') : '';
  }
  document.addEventListener('focusout', function (event) {
    if (closest(event.target, '[data-rupiah]')) rupiah(event.target);
  });

  /* Copying, sending on, printing. */
  document.addEventListener('click', function (event) {
    var open = find('details.menu[open]');
    if (open && !open.contains(event.target)) open.open = false;
    var button = closest(event.target, '[data-copy], [data-share], [data-print]');
    if (!button) return;
    if (button.hasAttribute('data-print')) { window.print(); return; }
    var source = find(button.getAttribute('data-copy') || button.getAttribute('data-share'));
    var words = source ? ('value' in source ? source.value : source.textContent).trim() : '';
    if (button.hasAttribute('data-share')) { navigator.share({ text: words }).catch(function () {}); return; }
    var tell = function (key) {
      var seen = find('.copy-said', button.parentNode);
      if (seen) seen.textContent = button.getAttribute(key);
      say(button.getAttribute(key));
    };
    var done = function () { tell('data-said'); };
    var undone = function () { select(source); tell('data-unsaid'); };
    if (navigator.clipboard) navigator.clipboard.writeText(words).then(done, undone);
    else { select(source); document.execCommand('copy') ? done() : undone(); }
  });
  function select(node) {
    if (!node) return;
    if (node.select) node.select();
    else window.getSelection().selectAllChildren(node);
  }
  document.addEventListener('focusin', function (event) {
    if (closest(event.target, '[data-select-on-focus]')) select(event.target);
  });

  /* What only scripts can do is hidden in the page and shown here. */
  function prepare(root) {
    each('[data-copy], [data-print]', root, function (node) { node.hidden = false; });
    if (navigator.share) each('[data-share]', root, function (node) { node.hidden = false; });
    /* Always there, so that no button moves away under the pointer when a box is left. */
    each('[data-rupiah]', root, rupiah);
    each('form[data-guard]', root, function (form) {
      if (find('.error-summary', form) || form.hasAttribute('data-unsaved')) { form.dirty = true; state(form, 'dirty'); }
    });
    each('form[data-auto-submit] [data-without-script]', root, function (node) { node.hidden = true; });
  }
  prepare(document);
  /* Regions that others' changes came into. */
  document.addEventListener('regions:laid', function (event) { prepare(event.detail); });
  var first = find('.error-summary') || (find('.conflict') && find('h1.page-title'));
  if (first) {
    first.setAttribute('tabindex', '-1');
    first.focus();
  }
  /* Words that waited for somebody to sign in. Their key lets them arrive only once, also after Back. */
  var waiting = find('form[data-send-now]');
  if (waiting && waiting.requestSubmit) waiting.requestSubmit();
}());
