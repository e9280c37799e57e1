const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const HUNDREDTHS = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const count = (number) => WHOLE.format(number);

export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

export const rate = (perSecond) => `${TENTHS.format(perSecond)} tokens/s`;

/** A duration, as exact as a reader can use. */
export function duration(ms) {
  if (ms < 10) {
    return `${HUNDREDTHS.format(ms)} ms`;
  }
  if (ms < 1000) {
    return `${WHOLE.format(ms)} ms`;
  }
  return `${TENTHS.format(ms / 1000)} s`;
}

/** A duration to three digits, for those who compare. */
export function fineDuration(ms) {
  return ms >= 10 && ms < 100 ? `${TENTHS.format(ms)} ms` : duration(ms);
}

export function bytes(number) {
  const mebibytes = number / (1024 * 1024);
  return mebibytes < 1024 ? `${WHOLE.format(mebibytes)} MiB` : `${TENTHS.format(mebibytes / 1024)} GiB`;
}

/** A half-open range of layers, as people count them. */
export function layers(start, end) {
  return end <= start ? "no layers" : end - start === 1 ? `layer ${start}` : `layers ${start}–${end - 1}`;
}

/** What a link carries. */
export function linkRate(megabitsPerSecond) {
  if (megabitsPerSecond >= 1000) {
    return `${TENTHS.format(megabitsPerSecond / 1000)} Gbit/s`;
  }
  return `${(megabitsPerSecond < 10 ? TENTHS : WHOLE).format(megabitsPerSecond)} Mbit/s`;
}

/** How far a value is from another, with its sign; nothing where that means nothing. */
export function deviation(from, to) {
  if (!(from > 0) || !Number.isFinite(to)) {
    return "";
  }
  const percent = Math.round((to / from - 1) * 100);
  return percent === 0 ? "±0 %" : `${percent > 0 ? "+" : "−"}${WHOLE.format(Math.abs(percent))} %`;
}

/** A difference with its sign. */
export function signed(difference, format) {
  const text = format(Math.abs(difference));
  return difference < 0 ? `−${text}` : `+${text}`;
}

/** When something was, in as few words as make it clear. */
export function when(ms, nowMs) {
  const minutes = Math.floor((nowMs - ms) / 60_000);
  if (minutes < 1) {
    return "just now";
  }
  if (minutes < 60) {
    return `${minutes} min ago`;
  }
  if (minutes < 24 * 60) {
    return `${Math.floor(minutes / 60)} h ago`;
  }
  return new Date(ms).toLocaleDateString("en", { day: "numeric", month: "short" });
}
