/* The foot of the grid: the money of its rows, added up anew while one types. Nothing is announced; it is read there. */
(function () {
  'use strict';
  var table = document.querySelector('[data-grid]'), foot = table && table.querySelector('[data-sums]');
  if (!foot || !foot.getAttribute('data-sums')) return;
  var MOST = BigInt('1000000000000000'), ZERO = BigInt(0);
  var SCALES = { ribu: 3, rb: 3, juta: 6, jt: 6, miliar: 9, milyar: 9, mlr: 9, m: 9, triliun: 12, trilyun: 12, t: 12 };

  /* As saving reads it; null for what is no number. */
  function amount(text) {
    var bare = text.replace(/\s+/g, '').replace(/^(rp\.?|idr)/i, '');
    if (!bare) return text.trim() ? null : ZERO;
    var scaled = /^(\d{1,12})(?:,(\d{1,6}))?([a-z]+)\.?$/i.exec(bare), zeros = scaled && SCALES[scaled[3].toLowerCase()];
    if (zeros) {
      var rest = (scaled[2] || '').replace(/0+$/, '');
      bare = rest.length > zeros ? '' : scaled[1] + rest + '0'.repeat(zeros - rest.length);
    } else {
      bare = bare.replace(/(,00|,-|,--|\.00)$/, '');
      if (/^[1-9]\d{0,2}((\.\d{3})+|(,\d{3})+)$/.test(bare)) bare = bare.replace(/[.,]/g, '');
    }
    if (!/^\d{1,30}$/.test(bare)) return null;
    var found = BigInt(bare);
    return found > MOST ? null : found;
  }
  function say(node, words) { if (node && node.textContent !== words) node.textContent = words; }
  function rupiah(sum) { return 'Rp' + String(sum).replace(/\B(?=(\d{3})+$)/g, '.'); }
  function told(name, count) { return foot.getAttribute('data-' + name + (count === 1 ? '-one' : '-many')).replace('#', count); }

  function add() {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows), all = ZERO, left = 0;
    foot.getAttribute('data-sums').split(' ').forEach(function (place) {
      var sum = ZERO;
      rows.forEach(function (row) {
        var cell = row.cells[place], box = cell && cell.querySelector('.box');
        var found = cell ? amount(box ? box.value : cell.textContent) : ZERO;
        if (found === null) left += 1;
        else sum += found;
      });
      all += sum;
      say(foot.querySelector('[data-sum="' + place + '"]'), rupiah(sum));
    });
    say(foot.querySelector('[data-sum-rows]'), told('rows', rows.length));
    say(foot.querySelector('[data-sum-all]'), rupiah(all));
    say(foot.querySelector('[data-sum-left]'), left ? told('left', left) : '');
  }
  var isComing = false;
  function soon() {
    if (isComing) return;
    isComing = true;
    requestAnimationFrame(function () { isComing = false; add(); });
  }
  table.addEventListener('input', soon);
  table.addEventListener('grid:laid', soon);
  window.addEventListener('pageshow', soon);
  new MutationObserver(soon).observe(table.tBodies[0], { childList: true });
}());
