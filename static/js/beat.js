/* The clock of a page's beats: browsers slow down the clocks of hidden pages, but not this one. */
'use strict';
self.onmessage = function (event) { setInterval(function () { self.postMessage(0); }, event.data); };
