// The numbers that stand for many.

/** The smallest value that at least `share` of `values` do not exceed; none for no values. */
export function percentile(values, share) {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

export const median = (values) => percentile(values, 0.5);

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Median, 95th percentile and number of `values`. */
export const summary = (values) => ({
  count: values.length,
  median: median(values),
  p95: percentile(values, 0.95),
});
