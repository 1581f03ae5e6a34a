/* How much room is left in a box whose text has a limit. Nothing is ever cut: what is too long stays, and says by how
   much. Letters are counted as the server counts them. All words live in the page. */
(function () {
  'use strict';
  var words = document.getElementById('limit-words'), live = document.getElementById('live');
  if (!words) return;
  var NEAR = 0.8, PAUSE = 1500, timer = 0;
  var UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;
  var PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

  function count(box) {
    var text = box.value.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(UNSEEN, '').normalize('NFC');
    text = box.hasAttribute('data-one-line') ? text.replace(/\s+/g, ' ').trim() : text.replace(/[^\S\n]+$/gm, '').replace(/\s+$/, '');
    return text.replace(PAIR, '_').length;
  }
  function dotted(number) { return String(number).replace(/\B(?=(\d{3})+$)/g, '.'); }
  function show(box) {
    var told = document.getElementById(box.id + '-limit'), limit = Number(box.getAttribute('data-limit'));
    if (!told) return null;
    var length = box.value.length < NEAR * limit ? 0 : count(box);
    var state = length > limit ? 'over' : length >= NEAR * limit ? 'left' : 'far';
    told.plain = told.plain || told.textContent;
    told.textContent = state === 'far' ? told.plain : words.getAttribute('data-' + state)
      .replace('{number}', dotted(Math.abs(limit - length))).replace('{limit}', dotted(limit));
    told.classList.toggle('limit-over', state === 'over');
    told.classList.toggle('limit-far', state === 'far' && box.hasAttribute('data-one-line'));
    if (state === 'over') box.setAttribute('aria-invalid', 'true');
    else if (box.limitState === 'over') box.removeAttribute('aria-invalid');
    var before = box.limitState;
    box.limitState = state;
    if (before === 'over' || state === 'over') showInBar(box.form);
    return before && before !== state ? told : null;
  }
  /* Beside Save too: the words under a long box are out of sight. */
  function showInBar(form) {
    var bar = form && form.querySelector('.save-bar'), said = bar && bar.querySelector('.save-limit');
    var over = form && Array.prototype.filter.call(form.querySelectorAll('[data-limit]'), function (one) { return one.limitState === 'over'; })[0];
    if (said && !over) said.remove();
    if (!bar || !over) return;
    if (!said) {
      said = bar.appendChild(document.createElement('p'));
      said.className = 'limit limit-over save-limit';
      said.appendChild(document.createElement('a'));
    }
    var label = over.labels && over.labels[0] ? over.labels[0].firstChild.textContent.trim() : '';
    said.firstChild.href = '#' + over.id;
    said.firstChild.textContent = words.getAttribute('data-bar').replace('{field}', label)
      .replace('{number}', dotted(count(over) - Number(over.getAttribute('data-limit'))));
  }
  /* Said once it is crossed and the typing rests, not at each key. */
  var unsaid = null;
  document.addEventListener('input', function (event) {
    if (!event.target.hasAttribute || !event.target.hasAttribute('data-limit')) return;
    unsaid = show(event.target) || unsaid;
    clearTimeout(timer);
    timer = setTimeout(function () { if (unsaid && live) live.textContent = unsaid.textContent; unsaid = null; }, PAUSE);
  });
  function showAll() { Array.prototype.forEach.call(document.querySelectorAll('[data-limit]'), show); }
  ['htmx:after:swap', 'regions:laid', 'focusin'].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (name !== 'focusin') showAll();
      else if (event.target.hasAttribute('data-limit')) show(event.target);
    });
  });
  window.addEventListener('pageshow', showAll);
  showAll();
}());
