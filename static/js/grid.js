/* The grid by keyboard, and cells to and from a spreadsheet. An extra: without it the cells are boxes of a form. */
(function () {
  'use strict';
  var table = document.querySelector('[data-grid]');
  if (!table) return;
  var form = table.closest('form'), counted = document.getElementById('grid-count');
  var all = function (selector, root) { return Array.prototype.slice.call((root || table).querySelectorAll(selector)); };
  all('[data-with-script]', document).forEach(function (node) { node.hidden = false; });

  function boxOf(cell) { return cell && cell.querySelector('.box'); }
  function cellOf(box) { return box.closest('td'); }
  function isChanged(box) {
    if (box.tagName !== 'SELECT') return box.value !== box.defaultValue;
    return Array.prototype.some.call(box.options, function (one) { return one.selected !== one.defaultSelected; }) &&
      !(box.selectedIndex === 0 && !box.querySelector('[selected]'));
  }
  function say(words) {
    var told = document.getElementById('grid-told');
    if (told) told.textContent = words;
  }
  function tell(name, count) { say(table.getAttribute('data-' + name).replace('#', count)); }

  /* What is not saved yet is said in its row and counted beside the button; the form knows whether anything is. */
  function mark(box) {
    var cell = cellOf(box), row = cell.parentNode;
    cell.classList.toggle('grid-changed', cell.hasAttribute('data-sent') || isChanged(box));
    var said = row.querySelector('.grid-unsaved');
    if (said) said.hidden = !row.querySelector('.grid-changed') && !row.classList.contains('grid-held');
  }
  function adopt() {
    all('td.grid-changed').forEach(function (cell) { if (!isChanged(boxOf(cell))) cell.setAttribute('data-sent', ''); });
    /* Nothing is proposed over the cells. Without script the browser brings the words again on Back; here their draft does, whole. */
    all('.box').forEach(function (box) { box.autocomplete = 'off'; });
    all('.box').forEach(mark);
    count();
  }
  function count() {
    var left = all('td.grid-changed').length + all('.grid-held').filter(function (row) { return !row.querySelector('.grid-changed'); }).length;
    counted.hidden = !left;
    counted.textContent = left ? counted.getAttribute(left === 1 ? 'data-one' : 'data-many').replace('#', left) : '';
    var isClean = !left && !form.elements['fill-value'].value && !(form.rest && form.rest.length);
    form.classList.toggle('grid-clean', isClean);
    if (isClean && !form.pending) form.dirty = false;
  }
  table.addEventListener('input', function (event) { if (event.target.matches('.box')) { accept(event.target); mark(event.target); } });
  window.addEventListener('input', function (event) { if (form.contains(event.target)) count(); });

  /* Only what was typed goes out, written down or saved: the changed cells, and of their rows the versions. */
  var isWhole = false;
  form.addEventListener('submit', function (event) { isWhole = !!event.submitter && event.submitter.name === 'fill'; });
  form.addEventListener('formdata', function (event) {
    if (isWhole) return;
    var body = event.formData, rows = {}, cells = {};
    all('td.grid-changed').forEach(function (cell) {
      cells[boxOf(cell).name] = rows[cell.parentNode.getAttribute('data-row')] = true;
    });
    Array.from(new Set(Array.from(body.keys()))).forEach(function (name) {
      var own = /^(c|base|act_key|kept|seen|asked|choice)-(\d+)(-|$)/.exec(name);
      if (own && (!rows[own[2]] || (own[1] === 'c' && !cells[name]))) body.delete(name);
    });
    (form.rest || []).forEach(function (pair) { if (!body.has(pair[0])) body.append(pair[0], pair[1]); });
    if (form.classList.contains('grid-clean')) ['fields', 'fill-column', 'fill-value', 'fill-rows', 'ticked'].forEach(function (name) { body.delete(name); });
  });
  /* The version that the words of a row are upon: a list, which Back brings again with the words. Where none were
     brought again the page's own version holds. */
  function upon(list, version) {
    if (list.options && !Array.prototype.some.call(list.options, function (one) { return one.value === version; })) list.add(new Option(version, version));
    list.value = version;
  }
  all('select[name^="base-"]').forEach(function (list) {
    if (!all('.box', list.closest('tr')).some(isChanged) && list.options.length) list.querySelector('[selected]').selected = true;
  });
  /* Words that this device kept, laid where their rows stand; the others go along unseen. */
  form.lays = function (values) {
    step = [];
    form.rest = values.filter(function (pair) {
      var base = /^(?:base|c)-(\d+)/.exec(pair[0]), box = form.querySelector('[name="' + CSS.escape(pair[0]) + '"]');
      if (!base) { if (pair[0] === 'fill-value') box.value = pair[1]; return false; }
      if (!box) return true;
      if (box.matches('.box')) return !put(box, pair[1]);
      upon(box, pair[1]);
      return false;
    });
    count();
  };

  /* Moving: to the nearest cell that can be written in that direction. */
  function beside(box, down, right) {
    var cell = cellOf(box), row = cell.parentNode, place = cell.cellIndex;
    for (;;) {
      if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
      else place += right;
      if (!row || place < 1 || place >= row.cells.length) return null;
      var next = boxOf(row.cells[place]);
      if (next) return next;
    }
  }
  function ends(row, last) {
    var found = boxes([Array.prototype.slice.call(row.cells)]);
    return found[last ? found.length - 1 : 0] || null;
  }
  function corners(last) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    return (last ? rows.reverse() : rows).map(function (row) { return ends(row, last); }).filter(Boolean)[0] || null;
  }
  function go(box) {
    begun = null;
    if (!box) return;
    box.focus();
    if (box.select) box.select();
    ready(box);
    show(box);
  }
  function show(box) { cellOf(box).scrollIntoView({ block: 'nearest', inline: 'nearest' }); }
  table.addEventListener('keyup', function (event) { if (event.key === 'Tab' && event.target.matches('.box')) show(event.target); });
  /* A cell begun by typing is left by the arrows; within one opened by F2 or a second click they move the caret. */
  function edit(box, isWithin) {
    if (!box.classList.contains('editing')) box.before = box.value;
    box.classList.add('editing');
    box.isWithin = !!isWithin;
  }
  function ready(box) {
    box.classList.remove('editing');
    box.isWithin = false;
    if (box.before !== undefined && box.before !== box.value) { done.push([[box, box.before]]); undone = []; }
    box.before = box.value;
  }

  /* A block of cells, from where Shift was first held to where one is now. */
  var corner = null, isPicking = false;
  function block(box) {
    var from = cellOf(corner && corner.isConnected ? corner : box), to = cellOf(box), rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var order = function (one, other) { return one - other; };
    var down = [rows.indexOf(from.parentNode), rows.indexOf(to.parentNode)].sort(order), right = [from.cellIndex, to.cellIndex].sort(order);
    return rows.slice(down[0], down[1] + 1).map(function (row) { return Array.prototype.slice.call(row.cells, right[0], right[1] + 1); });
  }
  function boxes(lines) { return lines.reduce(function (found, line) { return found.concat(line); }, []).map(boxOf).filter(Boolean); }
  function pick(from, to) {
    if (!to) return;
    corner = corner || from;
    isPicking = true;
    go(to);
    isPicking = false;
    var picked = block(to), size = boxes(picked).length;
    paint(size > 1 ? picked : []);
    if (size > 1) tell('picked', size);
  }
  function unpick() { corner = null; paint([]); }
  function paint(lines) {
    all('.grid-picked').forEach(function (cell) { cell.classList.remove('grid-picked'); });
    lines.forEach(function (line) { line.forEach(function (cell) { cell.classList.add('grid-picked'); }); });
  }
  function isBlock(box) { return corner && corner !== box && corner.isConnected; }

  /* Writing many cells is one step, and is taken back as one. */
  var done = [], undone = [], step = [];
  function put(box, words) {
    var before = box.value;
    words = words.trim();
    if (box.tagName === 'SELECT') {
      var found = Array.prototype.filter.call(box.options, function (one) {
        return one.value === words || one.textContent.trim().toLowerCase() === words.toLowerCase();
      })[0];
      if (!found) return false;
      found.selected = true;
    } else box.value = words;
    box.before = box.value;
    if (box.value !== before) step.push([box, before]);
    box.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  }
  function atOnce(act) {
    step = [];
    act();
    if (step.length) { done.push(step); undone = []; }
    return step.length;
  }
  function takeBack(from, to, told) {
    var last = from.pop();
    step = [];
    last.filter(function (one) { return one[0].isConnected; }).forEach(function (one) { put(one[0], one[1]); });
    if (step.length) to.push(step);
    if (last[0][0].isConnected) go(last[0][0]);
    tell(told, last.length);
  }
  function fillDown(box) {
    var lines = block(box), above = lines.length > 1 ? lines[0] : null;
    if (!above) {
      above = lines[0].map(function (cell) { var from = boxOf(cell) && beside(boxOf(cell), -1, 0); return from && cellOf(from); });
      lines.unshift(above);
    }
    tell('filled', atOnce(function () {
      lines.slice(1).forEach(function (line) {
        line.forEach(function (cell, place) { if (boxOf(cell) && boxOf(above[place])) put(boxOf(cell), boxOf(above[place]).value); });
      });
    }));
  }

  var wasHere = false, begun = null;
  table.addEventListener('focusin', function (event) {
    if (!event.target.matches('.box')) return;
    event.target.before = event.target.value;
    if (!isPicking) unpick();
  });
  table.addEventListener('focusout', function (event) { if (event.target.matches('.box')) ready(event.target); });
  table.addEventListener('mousedown', function (event) {
    var to = event.target.closest('.box'), from = document.activeElement;
    begun = null;
    wasHere = to === from;
    if (!event.shiftKey || !to || to === from || !from.matches('.box') || !table.contains(from)) return;
    event.preventDefault();
    pick(from, to);
  });
  table.addEventListener('mouseup', function (event) { 
    var box = event.target;
    if (!box.matches('input.box') || event.shiftKey) return;
    if (wasHere) edit(box, true);
    else if (box.selectionStart === box.selectionEnd) box.select();
  });
  table.addEventListener('beforeinput', function (event) {
    var box = event.target;
    if (box.matches('.box') && !box.classList.contains('editing')) edit(box);
  });
  var ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener('keydown', function (event) {
    var box = event.target, key = event.key.toLowerCase();
    if (!box.matches('.box') || event.altKey || event.isComposing) return;
    var isEditing = box.classList.contains('editing'), arrow = ARROWS[event.key], row = cellOf(box).parentNode;
    if (event.ctrlKey || event.metaKey) {
      if (key === 'd') { event.preventDefault(); fillDown(box); }
      if (key === 'z' && !event.shiftKey && !isEditing && done.length) { event.preventDefault(); takeBack(done, undone, 'taken-back'); }
      if ((key === 'y' || (key === 'z' && event.shiftKey)) && !isEditing) { event.preventDefault(); if (undone.length) takeBack(undone, done, 'put-back'); }
      if (/^(home|end)$/.test(key) && !box.isWithin) { event.preventDefault(); go(corners(key === 'end')); }
      return;
    }
    if (event.key === 'Tab') begun = begun && begun.row === row ? begun : { row: row, place: cellOf(box).cellIndex };
    else if (/^(Home|End)$/.test(event.key) && !event.shiftKey && !box.isWithin) { event.preventDefault(); go(ends(row, event.key === 'End')); }
    else if (event.key === ' ' && event.shiftKey && !isEditing) event.preventDefault();
    else if (event.key === 'Enter') {
      event.preventDefault();
      ready(box);
      go(beside(begun && begun.row === row ? boxOf(row.cells[begun.place]) : box, event.shiftKey ? -1 : 1, 0));
    } else if (event.key === 'F2') {
      event.preventDefault();
      if (box.isWithin) ready(box);
      else {
        edit(box, true);
        if (box.setSelectionRange) box.setSelectionRange(box.value.length, box.value.length);
      }
    } else if (event.key === 'Escape' && isEditing) {
      event.preventDefault();
      box.value = box.before;
      ready(box);
      if (box.select) box.select(); // what is typed next takes its place, as after an arrow key
      box.dispatchEvent(new Event('input', { bubbles: true }));
    } else if (event.key === 'Escape') unpick();
    else if (/^(Delete|Backspace)$/.test(event.key) && !isEditing && (event.key === 'Delete' || isBlock(box) || box.tagName === 'SELECT')) {
      event.preventDefault();
      tell('filled', atOnce(function () { boxes(block(box)).forEach(function (one) { put(one, ''); }); }));
    } else if (arrow && !box.isWithin) {
      event.preventDefault();
      ready(box);
      if (event.shiftKey) pick(box, beside(box, arrow[0], arrow[1]));
      else go(beside(box, arrow[0], arrow[1]));
    }
  });

  document.addEventListener('keydown', function (event) {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    if (!form.pending && !form.classList.contains('grid-clean')) form.requestSubmit(form.querySelector('.save-bar button'));
  });

  /* What was pasted and meant nothing stays said beside its cell until something is written there. */
  function refuse(box, words) {
    var cell = cellOf(box), told = document.createElement('p');
    accept(box);
    told.className = 'field-error';
    told.id = box.id + '-pasted';
    told.textContent = table.getAttribute('data-refused').replace('#', words);
    cell.appendChild(told);
    cell.classList.add('grid-refused');
    box.saidBefore = box.getAttribute('aria-describedby');
    box.setAttribute('aria-describedby', (box.saidBefore ? box.saidBefore + ' ' : '') + told.id);
  }
  function accept(box) {
    var told = document.getElementById(box.id + '-pasted');
    if (!told) return;
    told.remove();
    cellOf(box).classList.remove('grid-refused');
    if (box.saidBefore) box.setAttribute('aria-describedby', box.saidBefore);
    else box.removeAttribute('aria-describedby');
  }
  function placeOf(box) {
    var cell = cellOf(box), number = cell.parentNode.querySelector('.item-number');
    return table.tHead.rows[0].cells[cell.cellIndex].textContent.trim() + ' ' + number.textContent.trim();
  }

  /* Cells to and from a spreadsheet: rows by lines, cells by tabs, from this cell on to the right and down. */
  function wordsIn(cell) {
    var box = boxOf(cell);
    return (box ? (box.tagName === 'SELECT' ? box.options[box.selectedIndex].textContent : box.value) : cell.textContent).trim().replace(/\s+/g, ' ');
  }
  table.addEventListener('copy', function (event) {
    var box = event.target;
    if (!box.matches || !box.matches('.box') || !(isBlock(box) || box.tagName === 'SELECT')) return;
    var lines = block(box);
    event.preventDefault();
    event.clipboardData.setData('text/plain', lines.map(function (line) { return line.map(wordsIn).join('\t'); }).join('\n'));
    tell('copied', boxes(lines).length);
  });
  table.addEventListener('paste', function (event) {
    var box = event.target;
    var words = event.clipboardData && event.clipboardData.getData('text/plain').replace(/\r?\n$/, '');
    if (!box.matches || !box.matches('.box') || !words || !(/[\t\n]/.test(words) || isBlock(box) || box.tagName === 'SELECT')) return;
    event.preventDefault();
    var row = cellOf(box).parentNode, first = cellOf(box).cellIndex, landed = 0, left = 0;
    var refused = [];
    var lay = function (target, cell) {
      if (target && put(target, cell)) { landed += 1; return; }
      left += 1;
      if (target) { refuse(target, cell); refused.push(placeOf(target)); }
    };
    atOnce(function () {
      if (!/[\t\n]/.test(words)) { boxes(block(box)).forEach(function (target) { lay(target, words); }); return; }
      if (isBlock(box)) { row = block(box)[0][0].parentNode; first = block(box)[0][0].cellIndex; }
      words.split(/\r?\n/).forEach(function (line) {
        line.split('\t').forEach(function (cell, place) { lay(row && boxOf(row.cells[first + place]), cell); });
        row = row && row.nextElementSibling;
      });
    });
    say([table.getAttribute('data-pasted').replace('#', landed), left ? table.getAttribute('data-left-out').replace('#', left) : '', refused.length ? table.getAttribute('data-where').replace('#', refused.slice(0, 3).join(', ') + (refused.length > 3 ? ', …' : '')) : ''].join(' ').trim());
  });

  table.addEventListener('change', function (event) {
    if (event.target.hasAttribute('data-tick-all')) all('[name="ticked"]').forEach(function (tick) { tick.checked = event.target.checked; });
  });

  /* Taking the last save back leaves the table: with cells not saved yet that is asked about. */
  var isUndoing = false;
  document.addEventListener('submit', function (event) { isUndoing = event.target.id === 'undo-own'; });
  window.addEventListener('beforeunload', function (event) {
    if (isUndoing && !form.classList.contains('grid-clean')) { event.preventDefault(); event.returnValue = ''; }
    isUndoing = false;
  });

  /* A row that went in is no longer counted among those to mend. */
  function settleErrors(row) {
    var list = document.getElementById('error-summary');
    if (!list || row.classList.contains('grid-held')) return;
    all('a[href^="#f-c-' + row.getAttribute('data-row') + '-"]', list).forEach(function (link) { link.closest('li').remove(); });
    var left = all('li', list).length;
    if (!left) list.remove();
    else list.querySelector('h2').textContent = list.querySelector('h2').textContent.replace(/\d+/, left);
  }

  /* One row is saved: only its own words are sent, and what is left in the others is written down anew. */
  document.addEventListener('htmx:config:request', function (event) {
    var ctx = event.detail.ctx, button = ctx.sourceElement, body = ctx.request.body;
    if (!button || button.name !== 'row' || !body || !body.keys) return;
    ctx.gridRow = button.value;
    var mine = new RegExp('^(csrf_token|row|fields)$|-' + button.value + '(-|$)');
    Array.from(body.keys()).forEach(function (name) { if (!mine.test(name)) body.delete(name); });
    ['base-' + button.value, 'act_key-' + button.value, 'fields'].forEach(function (name) {
      if (!body.has(name)) body.append(name, form.elements[name].value);
    });
  });
  document.addEventListener('htmx:after:swap', function (event) {
    var row = event.detail.ctx.gridRow && document.getElementById('grid-row-' + event.detail.ctx.gridRow);
    if (!row) return;
    adopt();
    settleErrors(row);
    form.dispatchEvent(new Event('input', { bubbles: true }));
    var wrong = row.querySelector('[aria-invalid], .grid-clash input');
    if (wrong || !document.activeElement || document.activeElement === document.body) (wrong || row.querySelector('button[name="row"]')).focus();
  });
  document.addEventListener('htmx:finally:request', function (event) {
    if (event.detail.ctx.gridRow && !event.detail.ctx.response) say(table.getAttribute('data-cut'));
  });

  document.addEventListener('DOMContentLoaded', function () {
    adopt();
    if (!form.hasAttribute('data-unsaved')) return;
    /* Words taken up again stand on the server already; words that came back are written down now. */
    if (/[?&]kept=/.test(location.search)) form.wordsKept = true;
    else form.dispatchEvent(new Event('input', { bubbles: true }));
  });
  window.addEventListener('pageshow', function () { isWhole = false; adopt(); });
}());
