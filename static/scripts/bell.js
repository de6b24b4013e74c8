// The bell of staff's pages: how much is new, asked for once a minute, and by choice a notification
// of the browser while the page is open. It names nobody. Without this script the list is a click
// away, with the same rows.
(() => {
  const settings = document.getElementById("meldingen");
  if (!settings) return;
  const EVERY = 60_000;
  const SEEN = "meldingen";

  const notify = (fresh) => {
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    const told = Number(sessionStorage.getItem(SEEN) || 0);
    if (fresh > told && document.hidden) {
      new Notification(settings.dataset.title, { body: settings.dataset.body, tag: SEEN });
    }
    sessionStorage.setItem(SEEN, String(fresh));
  };

  const show = (fresh) => {
    for (const one of document.querySelectorAll("[data-bell]")) {
      one.hidden = fresh === 0;
      one.textContent = one.dataset.bell === "kort" ? String(fresh) : settings.dataset.label.replace("{n}", String(fresh));
    }
  };

  const ask = async () => {
    try {
      const answer = await fetch(settings.dataset.count, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const found = await answer.json();
      show(found.new);
      if (found.browser) notify(found.new);
    } catch {
      // No connection: the next minute tries again.
    }
  };

  const choice = document.querySelector("[data-bell-choice]");
  choice?.addEventListener("change", (event) => {
    if (event.target.name === "in_browser" && event.target.checked && "Notification" in window) {
      Notification.requestPermission();
    }
  });
  ask();
  setInterval(ask, EVERY);
})();
