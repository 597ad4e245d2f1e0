"use strict";
(function () {
  var root = document.documentElement;
  var every = function (selector, where) { return Array.prototype.slice.call((where || document).querySelectorAll(selector)); };
  var find = document.getElementById("find");
  var found = document.getElementById("found");
  var back = document.getElementById("back");
  document.querySelector(".tools").hidden = false;

  /* Light or dark: the reader's choice over the system's, kept for this page alone. */
  document.getElementById("shade").addEventListener("click", function () {
    var dark = root.dataset.shade ? root.dataset.shade === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.shade = dark ? "light" : "dark";
  });

  /* Search: hides what does not hold the words. Filter: hides, and in the interviews dims, what has none of the chosen tags. */
  var items = null;
  var load = function () {
    if (!items) { items = every("[data-find]").map(function (el) { return { el: el, text: el.textContent.toLowerCase() }; }); }
    return items;
  };
  var chosen = function () { return every("button[data-tag][aria-pressed=true]").map(function (b) { return b.dataset.tag; }); };
  var search = function () {
    var words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    var hits = 0;
    load().forEach(function (item) {
      var hit = words.every(function (word) { return item.text.indexOf(word) >= 0; });
      item.el.hidden = !hit;
      hits += hit ? 1 : 0;
    });
    every(".interview").forEach(function (el) { el.hidden = words.length > 0 && !el.querySelector(".turn:not([hidden])"); });
    found.textContent = words.length ? hits + (hits === 1 ? " place" : " places") : "";
  };
  var filter = function () {
    var tags = chosen();
    every("[data-tags]").forEach(function (el) {
      var on = !tags.length || el.dataset.tags.split(" ").some(function (tag) { return tags.indexOf(tag) >= 0; });
      if (el.tagName === "LI" || el.classList.contains("tagged")) { el.style.display = on ? "" : "none"; }
      else { el.classList.toggle("off", !on); }
    });
  };
  var wait = 0;
  find.addEventListener("input", function () { clearTimeout(wait); wait = setTimeout(search, 120); });
  find.addEventListener("keydown", function (event) { if (event.key === "Escape") { find.value = ""; search(); } });
  every("button[data-tag]").forEach(function (button) {
    button.addEventListener("click", function () {
      button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "true" ? "false" : "true");
      filter();
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { event.preventDefault(); find.focus(); }
  });

  /* A link into something folded, or hidden by the search, opens it. */
  var reveal = function () {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    var moved = false;
    for (var el = target; el; el = el.parentElement) {
      if (el.tagName === "DETAILS" && !el.open) { el.open = true; moved = true; }
      if (el.hidden) { find.value = ""; search(); moved = true; }
      if (el.style && el.style.display === "none") { every("button[data-tag][aria-pressed=true]").forEach(function (b) { b.setAttribute("aria-pressed", "false"); }); filter(); moved = true; }
    }
    if (moved) { target.scrollIntoView(); }
    back.hidden = !/^#(q|e|i)[-_]/.test(location.hash) || history.length < 2;
  };
  addEventListener("hashchange", reveal);
  back.addEventListener("click", function () { back.hidden = true; history.back(); });
  reveal();
  back.hidden = true;

  /* The section in view, in the navigation. */
  var links = {};
  var bar = document.querySelector("nav ul");
  every("nav li a").forEach(function (a) { links[a.getAttribute("href").slice(1)] = a; });
  var mark = function (id) {
    Object.keys(links).forEach(function (key) {
      if (key === id) { links[key].setAttribute("aria-current", "true"); bar.scrollLeft = links[key].offsetLeft - 60; } else { links[key].removeAttribute("aria-current"); }
    });
  };
  if ("IntersectionObserver" in window) {
    var watch = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) { if (entry.isIntersecting) { mark(entry.target.id); } });
    }, { rootMargin: "-20% 0px -75% 0px" });
    every("main > section").forEach(function (section) { watch.observe(section); });
  }

  /* On paper, everything is open. */
  addEventListener("beforeprint", function () { every("details").forEach(function (el) { el.open = true; }); });
})();
