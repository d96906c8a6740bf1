'use strict';
// Nothing here is needed: without it the page says when it was made, and all times in UTC.
(() => {
  const local = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
  for (const time of document.querySelectorAll('.ahead time')) {
    const told = document.createElement('span');
    told.className = 'hint';
    told.textContent = ' (' + local.format(new Date(time.dateTime)) + ' where you are)';
    time.after(told);
  }
  const counted = [...document.querySelectorAll('.countdown')];
  const unit = (number, name) => number + ' ' + name + (number === 1 ? '' : 's');
  const distance = (seconds) => {
    const days = Math.floor(seconds / 86400), hours = Math.floor(seconds / 3600) % 24;
    const minutes = Math.floor(seconds / 60) % 60, rest = seconds % 60;
    if (days > 0) return unit(days, 'day') + ' ' + unit(hours, 'hour');
    if (hours > 0) return unit(hours, 'hour') + ' ' + unit(minutes, 'minute');
    return unit(minutes, 'minute') + ' ' + unit(rest, 'second');
  };
  const tick = () => {
    for (const element of counted) {
      const left = Math.ceil((Date.parse(element.dataset.until) - Date.now()) / 1000);
      element.textContent = left > 0 ? 'in ' + distance(left) : 'now: reload for the new price';
    }
  };
  if (counted.length > 0) {
    tick();
    setInterval(tick, 1000);
  }
})();
