/* Dragging in the list of a part. An extra on top of the move buttons: dropping fills in and sends the item's own
   form, so that without this file, or when it fails, everything can still be arranged. */
(function () {
  'use strict';
  var EDGE = 72;
  var held = null;

  function others() {
    return Array.prototype.filter.call(held.list.children, function (item) { return item !== held.item; });
  }
  function unmark() {
    held.list.querySelectorAll('.drop-before, .drop-after').forEach(function (item) {
      item.classList.remove('drop-before', 'drop-after');
    });
  }
  /* Where it would go: after whom, and the mark that says so. */
  function aim(y) {
    var items = others(), place = 0;
    while (place < items.length) {
      var box = items[place].getBoundingClientRect();
      if (y < box.top + box.height / 2) break;
      place += 1;
    }
    unmark();
    if (place < items.length) items[place].classList.add('drop-before');
    else if (place) items[place - 1].classList.add('drop-after');
    held.y = y;
    held.after = place ? items[place - 1].getAttribute('data-uid') : held.list.getAttribute('data-before');
  }
  function creep() {
    if (!held) return;
    var step = held.y < EDGE ? -12 : held.y > window.innerHeight - EDGE ? 12 : 0;
    if (step) { window.scrollBy(0, step); aim(held.y); }
    window.requestAnimationFrame(creep);
  }
  function let_go(sends) {
    var one = held;
    if (!one) return;
    unmark();
    one.item.classList.remove('dragged');
    held = null;
    var before = one.item.previousElementSibling;
    var here = before ? before.getAttribute('data-uid') : one.list.getAttribute('data-before');
    var form = one.item.querySelector('form[data-move]');
    if (!sends || !form || !one.after || one.after === here) return;
    form.elements.after.value = one.after;
    form.requestSubmit();
  }

  document.addEventListener('pointerdown', function (event) {
    var handle = event.target.closest ? event.target.closest('[data-drag]') : null;
    if (!handle || event.button !== 0 || held) return;
    event.preventDefault();
    var item = handle.closest('li[data-uid]');
    held = { item: item, list: item.parentNode, id: event.pointerId, y: event.clientY, after: '' };
    handle.setPointerCapture(event.pointerId);
    item.classList.add('dragged');
    window.requestAnimationFrame(creep);
  });
  document.addEventListener('pointermove', function (event) {
    if (held && event.pointerId === held.id) aim(event.clientY);
  });
  document.addEventListener('pointerup', function (event) {
    if (held && event.pointerId === held.id) let_go(true);
  });
  document.addEventListener('pointercancel', function () { let_go(false); });
  document.addEventListener('keydown', function (event) { if (event.key === 'Escape') let_go(false); });

  function show() {
    document.querySelectorAll('[data-drag]').forEach(function (handle) { handle.hidden = false; });
  }
  document.addEventListener('htmx:after:swap', show);
  show();
}());
