/* Lays what changed into what is shown: it swaps what differs and nothing else, never a form or a cell in which somebody
   has typed, never what holds the focus, and keeps what is read where it stands. What cannot be laid now is `late`. */
(function () {
  'use strict';
  var find = function (selector, from) { return (from || document).querySelector(selector); };
  var all = function (selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); };
  var laying = window.laying = { late: false, lay: lay, put: put, still: still };
  var added = [];

  /* What is read stays where it stands; what holds the focus does so at the top of a page too. */
  function still(act) {
    var anchor = document.activeElement, isHeld = anchor && anchor !== document.body && anchor.id !== 'main';
    var box = isHeld ? anchor.getBoundingClientRect() : null;
    if (!box || box.bottom < 0 || box.top > window.innerHeight) {
      isHeld = false;
      anchor = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 3);
    }
    var before = anchor && anchor.getBoundingClientRect().top;
    act();
    added.splice(0).forEach(function (node) {
      if (node.nodeType !== 1 || !node.isConnected) return;
      if (window.htmx) window.htmx.process(node);
      document.dispatchEvent(new CustomEvent('regions:laid', { detail: node }));
    });
    if (!anchor || !anchor.isConnected || !(window.scrollY || isHeld)) return;
    var moved = anchor.getBoundingClientRect().top - before;
    if (Math.abs(moved) > 1) window.scrollBy(0, moved);
  }

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
  /* The same thing, whatever it says now. */
  function same(one, other) {
    return (one.nodeType === 1 && !!one.id && one.id === other.id && one.nodeName === other.nodeName) || alike(one, other);
  }

  function chosen(box) { return find('option[selected]', box) || box.options[0]; }
  function isTyped(box) {
    if (box.nodeName === 'SELECT') return !box.multiple && box.value !== (chosen(box) || { value: '' }).value;
    return box.value !== box.defaultValue || box.checked !== box.defaultChecked;
  }
  function busy(node) {
    var active = document.activeElement, marked = window.getSelection();
    if (active && active !== document.body && node.contains(active)) return true;
    if (node.nodeType === 1) {
      if (node.matches('form[data-guard], .dragged') || find('form[data-guard], .dragged', node)) return true;
      if (all('textarea, select, input:not([type="hidden"])', node).some(isTyped)) return true;
    }
    return marked.rangeCount > 0 && !marked.isCollapsed && marked.getRangeAt(0).intersectsNode(node);
  }

  /* Gives what stands in the place afterwards. */
  function lay(old, fresh) {
    if (!old || !fresh || alike(old, fresh)) return old;
    if (old.nodeName === 'TR' && old.hasAttribute('data-row')) return layRow(old, fresh);
    if (old.nodeType !== 1 || !sameTag(old, fresh) || old.matches('form, textarea, select, input')) return put(old, fresh);
    var slice = Array.prototype.slice;
    children(old, slice.call(old.childNodes), slice.call(fresh.childNodes), null);
    return old;
  }
  function children(parent, was, is, next) {
    while (was.length && is.length && same(was[0], is[0])) lay(was.shift(), is.shift());
    while (was.length && is.length && same(was[was.length - 1], is[is.length - 1])) next = lay(was.pop(), is.pop());
    var places = {}, kept = -1;
    is.forEach(function (node, place) { if (node.nodeType === 1 && node.id) places[node.id] = place; });
    was.some(function (node, place) {
      if (node.nodeType === 1 && node.id && places.hasOwnProperty(node.id)) kept = place;
      return kept >= 0;
    });
    if (kept >= 0) {
      var old = was[kept], at = places[old.id];
      children(parent, was.slice(0, kept), is.slice(0, at), old);
      lay(old, is[at]);
      children(parent, was.slice(kept + 1), is.slice(at + 1), next);
      return;
    }
    if (was.length === is.length) {
      was.forEach(function (node, place) { lay(node, is[place]); });
      return;
    }
    if (was.some(busy)) { laying.late = true; return; }
    is.forEach(function (node) { insert(parent, node, next); });
    was.forEach(function (node) { parent.removeChild(node); });
  }
  function insert(parent, node, next) {
    var twin = node.nodeType === 1 && node.id && document.getElementById(node.id);
    if (twin && busy(twin)) { laying.late = true; return; }
    added.push(parent.insertBefore(document.importNode(node, true), next));
  }
  function put(old, fresh) {
    if (busy(old)) { laying.late = true; return old; }
    var node = document.importNode(fresh, true);
    if (old.nodeType === 1 && node.nodeType === 1) keepOpen(old, node);
    old.parentNode.replaceChild(node, old);
    added.push(node);
    return node;
  }
  function keepOpen(old, fresh) {
    var was = all('details', old), is = all('details', fresh);
    if (old.nodeName === 'DETAILS') was.unshift(old);
    if (fresh.nodeName === 'DETAILS') is.unshift(fresh);
    if (was.length === is.length) is.forEach(function (one, place) { one.open = was[place].open; });
  }

  /* A row of the grid: the cells in which nobody has typed take the new words. Where a typed cell was changed by others
     too the row stays on what it began with, so that saving asks. */
  function layRow(old, fresh) {
    if (old.classList.contains('grid-held') || fresh.classList.contains('grid-held')) return old;
    var clashes = false;
    all('td', old).forEach(function (cell, place) {
      var twin = fresh.querySelectorAll('td')[place], box = find('.box', cell), other = twin && find('.box', twin);
      if (!twin || (!box !== !other)) { clashes = true; return; }
      if (!box) { if (!find('button', cell)) lay(cell, twin); return; }
      if (original(box) === original(other)) return;
      if (box === document.activeElement || isTyped(box) || cell.classList.contains('grid-changed')) { clashes = true; return; }
      if (box.nodeName === 'SELECT') put(box, other);
      else { box.defaultValue = other.defaultValue; box.value = other.defaultValue; }
    });
    var link = find('th .item-link', old), name = find('th .item-link', fresh);
    if (link && name) lay(link, name);
    var base = find('select[name^="base-"]', old), newer = find('select[name^="base-"]', fresh);
    if (base && newer && !clashes) base.parentNode.replaceChild(document.importNode(newer, true), base);
    old.dispatchEvent(new CustomEvent('grid:laid', { bubbles: true }));
    return old;
  }
  function original(box) { return box.nodeName === 'SELECT' ? (chosen(box) || { value: '' }).value : box.defaultValue; }
}());
