/* The grid by keyboard, and cells pasted from a spreadsheet. An extra: without it the cells are boxes of a form. */
(function () {
  'use strict';
  var table = document.querySelector('[data-grid]');
  if (!table) return;
  var form = table.closest('form');
  document.querySelectorAll('[data-with-script]').forEach(function (node) { node.hidden = false; });

  function boxOf(cell) { return cell && cell.querySelector('.box'); }
  function cellOf(box) { return box.closest('td'); }
  function isChanged(box) {
    if (box.tagName !== 'SELECT') return box.value !== box.defaultValue;
    return Array.prototype.some.call(box.options, function (one) { return one.selected !== one.defaultSelected; }) &&
      !(box.selectedIndex === 0 && !box.querySelector('[selected]'));
  }

  /* What is not saved yet is said in its row; the form knows whether anything is. */
  function mark(box) {
    var cell = cellOf(box), row = cell.parentNode;
    cell.classList.toggle('grid-changed', cell.hasAttribute('data-sent') || isChanged(box));
    var said = row.querySelector('.grid-unsaved');
    if (said) said.hidden = !row.querySelector('.grid-changed') && !row.classList.contains('grid-held');
  }
  table.querySelectorAll('.grid-changed').forEach(function (cell) { cell.setAttribute('data-sent', ''); });
  table.addEventListener('input', function (event) { if (event.target.matches('.box')) mark(event.target); });

  /* Moving: to the nearest cell that can be written in that direction. */
  function step(box, down, right) {
    var cell = cellOf(box), row = cell.parentNode, place = cell.cellIndex;
    for (;;) {
      if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
      else place += right;
      if (!row || place < 1 || place >= row.cells.length) return false;
      var next = boxOf(row.cells[place]);
      if (next) { go(next); return true; }
    }
  }
  function go(box) {
    box.focus();
    if (box.select) box.select();
    ready(box);
    box.closest('td').scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  function edit(box) { box.classList.add('editing'); box.before = box.value; }
  function ready(box) { box.classList.remove('editing'); box.before = box.value; }

  table.addEventListener('focusin', function (event) { if (event.target.matches('.box')) event.target.before = event.target.value; });
  table.addEventListener('focusout', function (event) { event.target.classList.remove('editing'); });
  table.addEventListener('mouseup', function (event) { if (event.target.matches('input.box')) edit(event.target); });
  table.addEventListener('beforeinput', function (event) {
    var box = event.target;
    if (box.matches('.box') && !box.classList.contains('editing')) edit(box);
  });
  var ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener('keydown', function (event) {
    var box = event.target;
    if (!box.matches('.box') || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var isEditing = box.classList.contains('editing');
    if (event.key === 'Enter') {
      event.preventDefault();
      ready(box);
      step(box, event.shiftKey ? -1 : 1, 0);
    } else if (event.key === 'F2') {
      event.preventDefault();
      if (isEditing) ready(box);
      else {
        edit(box);
        if (box.setSelectionRange) box.setSelectionRange(box.value.length, box.value.length);
      }
    } else if (event.key === 'Escape' && isEditing) {
      event.preventDefault();
      box.value = box.before;
      ready(box);
      box.dispatchEvent(new Event('input', { bubbles: true }));
    } else if (ARROWS[event.key] && !isEditing && !event.shiftKey) {
      event.preventDefault();
      step(box, ARROWS[event.key][0], ARROWS[event.key][1]);
    }
  });

  /* Cells from a spreadsheet: rows by lines, cells by tabs, from this cell on to the right and down. */
  function put(box, words) {
    words = words.trim();
    if (box.tagName === 'SELECT') {
      var found = Array.prototype.filter.call(box.options, function (one) {
        return one.value === words || one.textContent.trim().toLowerCase() === words.toLowerCase();
      })[0];
      if (!found) return false;
      found.selected = true;
    } else box.value = words;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  }
  table.addEventListener('paste', function (event) {
    var box = event.target;
    var words = event.clipboardData && event.clipboardData.getData('text/plain');
    if (!box.matches || !box.matches('.box') || !words || !/[\t\n]/.test(words.replace(/\r?\n$/, ''))) return;
    event.preventDefault();
    var row = cellOf(box).parentNode, first = cellOf(box).cellIndex, done = 0, left = 0;
    words.replace(/\r?\n$/, '').split(/\r?\n/).forEach(function (line) {
      line.split('\t').forEach(function (cell, place) {
        var target = row && boxOf(row.cells[first + place]);
        if (target && put(target, cell)) done += 1;
        else left += 1;
      });
      row = row && row.nextElementSibling;
    });
    say([table.getAttribute('data-pasted').replace('#', done), left ? table.getAttribute('data-left-out').replace('#', left) : ''].join(' '));
  });
  function say(words) {
    var told = document.getElementById('grid-told');
    if (told) told.textContent = words;
  }

  /* One row is saved: only its own words are sent, and the form is clean again when nothing else waits. */
  document.addEventListener('htmx:config:request', function (event) {
    var button = event.detail.ctx.sourceElement;
    var body = event.detail.ctx.request.body;
    if (!button || button.name !== 'row' || !body || !body.keys) return;
    var mine = new RegExp('^(csrf_token|row)$|-' + button.value + '(-|$)');
    Array.from(body.keys()).forEach(function (name) { if (!mine.test(name)) body.delete(name); });
  });
  document.addEventListener('htmx:after:swap', function () {
    table.querySelectorAll('.grid-held .grid-changed').forEach(function (cell) { cell.setAttribute('data-sent', ''); });
    if (table.querySelector('.grid-changed')) return;
    form.dirty = false;
    form.querySelectorAll('[data-state]').forEach(function (node) { node.hidden = true; });
  });
}());
