"use strict";
// Shows, for the words under the pointer or focus, the records they feed; for a card, its words.
// Without it the page is whole: cards, links to the words, and the index are plain HTML.
for (const report of document.querySelectorAll(".report")) {
  const prefix = report.id + "-";
  const text = report.querySelector(".text");
  const panel = report.querySelector(".panel");
  const detail = report.querySelector(".detail");
  const cards = [...report.querySelectorAll(".card")];
  const segments = [...text.querySelectorAll(".s")];
  const words = (value) => (value ? value.split(" ") : []);
  let pinned = null;

  const clear = () => {
    for (const node of [...cards, ...segments]) node.classList.remove("on", "off", "lit", "here");
    text.classList.remove("picked");
  };

  const lightCards = (chosen) => {
    for (const card of cards) {
      card.classList.toggle("on", chosen.has(card.dataset.e));
      card.classList.toggle("off", chosen.size > 0 && !chosen.has(card.dataset.e));
    }
    const first = cards.find((card) => chosen.has(card.dataset.e));
    if (first && panel.scrollHeight > panel.clientHeight) {
      panel.scrollTop = first.offsetTop - 8;
    }
  };

  const lightWords = (test) => {
    text.classList.add("picked");
    for (const segment of segments) segment.classList.toggle("lit", test(segment));
  };

  const describe = (records) => {
    const nodes = records.map((id) => document.getElementById(prefix + id)).filter((n) => n && n.matches(".rec"));
    detail.replaceChildren(...nodes.map((node) => {
      const copy = document.createElement("div");
      copy.className = "rec";
      copy.append(...[...node.childNodes].map((child) => child.cloneNode(true)));
      return copy;
    }));
    detail.hidden = nodes.length === 0;
  };

  const shares = (mine, others) => words(others).some((item) => mine.has(item));

  const showSegment = (segment) => {
    const records = words(segment.dataset.r);
    const narrow = records.filter((id) => !/^[ec]/.test(id));
    const same = new Set(narrow.length ? narrow : records);
    const events = new Set(words(segment.dataset.e));
    clear();
    describe(records);
    lightCards(events);
    lightWords((other) => shares(events, other.dataset.e) || shares(same, other.dataset.r));
    for (const other of segments) other.classList.toggle("here", shares(same, other.dataset.r));
  };

  const showCard = (card) => {
    clear();
    detail.hidden = true;
    card.classList.add("on");
    lightWords((segment) => words(segment.dataset.e).includes(card.dataset.e));
  };

  const show = (node) => (node.matches(".card") ? showCard(node) : showSegment(node));
  const target = (event) => event.target.closest(".text .s, .card");
  const unpin = () => {
    pinned = null;
    clear();
    detail.hidden = true;
  };

  report.addEventListener("mouseover", (event) => {
    const node = target(event);
    if (node && !pinned) show(node);
    else if (!node && !pinned && !event.target.closest(".panel")) unpin();
  });
  report.addEventListener("mouseleave", () => pinned || unpin());
  report.addEventListener("focusin", (event) => {
    const node = target(event);
    if (node && node.matches(":focus-visible")) show(node);
  });
  report.addEventListener("click", (event) => {
    if (event.target.closest("a, summary")) return;
    const node = target(event);
    if (!node || node === pinned) return unpin();
    pinned = node;
    show(node);
  });
  report.addEventListener("keydown", (event) => event.key === "Escape" && unpin());
}
